-- The tables of version 1. Names of registries, kinds and ids compare byte by byte.

create table if not exists registrar_schema (
  part text primary key,
  version integer not null
);

-- One row a registry, changed by every commit: room is left in its page, so that it stays there.
create table if not exists registrar_head (
  name text collate "C" primary key,
  epoch bigint not null,
  version bigint not null,
  fence bigint not null,
  header bytea not null,
  owner text not null,
  system_id bigint not null,
  timeline integer not null
) with (fillfactor = 30);

create table if not exists registrar_record (
  name text collate "C" not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  value bytea not null,
  primary key (name, kind, id)
);

-- At which version each epoch began, and who began it.
create table if not exists registrar_epoch (
  name text collate "C" not null,
  epoch bigint not null,
  version bigint not null,
  owner text not null,
  acquired_at timestamp with time zone not null,
  timeline integer not null,
  primary key (name, epoch)
);

-- Who leads, until when, by this server's clock.
create table if not exists registrar_lease (
  name text collate "C" primary key,
  term bigint not null,
  holder text not null,
  address text not null,
  expires_at timestamp with time zone not null
);
