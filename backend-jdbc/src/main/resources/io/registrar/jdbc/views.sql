-- The views of version 1. Values are bytes that some program wrote: a view shows null for what it
-- cannot read, and never fails.

create or replace function registrar_utf8(value bytea) returns text
  language plpgsql immutable strict parallel restricted as $$
begin
  return convert_from(value, 'UTF8');
exception when others then
  return null;
end $$;

create or replace function registrar_json(value bytea) returns jsonb
  language plpgsql immutable strict parallel restricted as $$
declare
  parsed jsonb;
begin
  parsed := convert_from(value, 'UTF8')::jsonb;
  return case jsonb_typeof(parsed) when 'object' then parsed end;
exception when others then
  return null;
end $$;

create or replace function registrar_number(value text) returns numeric
  language plpgsql immutable strict parallel restricted as $$
begin
  return value::numeric;
exception when others then
  return null;
end $$;

create or replace function registrar_time(value text) returns timestamp with time zone
  language plpgsql stable strict parallel restricted as $$
begin
  return value::timestamp with time zone;
exception when others then
  return null;
end $$;

create or replace function registrar_interval(value text) returns interval
  language plpgsql stable strict parallel restricted as $$
begin
  return value::interval;
exception when others then
  return null;
end $$;

create or replace function registrar_object(value jsonb) returns jsonb
  language sql immutable strict as $$
  select case jsonb_typeof(value) when 'object' then value end
$$;

create or replace function registrar_array(value jsonb) returns jsonb
  language sql immutable strict as $$
  select case jsonb_typeof(value) when 'array' then value end
$$;

create or replace view registrar_record_text as
  select name as registry, kind, id, octet_length(value) as bytes, registrar_utf8(value) as value
  from registrar_record;

-- "offset 0" has each value read once, and not once a column.
create or replace view registrar_record_json as
  select name as registry, kind, id, json
  from registrar_record, lateral (select registrar_json(value) as json offset 0) parsed;

create or replace view registrar_agent as
  select registry, id,
    json ->> 'hostname' as hostname,
    registrar_number(json ->> 'port') as port,
    json ->> 'state' as state,
    registrar_time(json ->> 'since') as since,
    coalesce(json -> 'deactivated' = 'true', false) as deactivated,
    json #>> '{drain,state}' as drain,
    registrar_object(json -> 'attributes') as attributes,
    registrar_object(json -> 'resources') as resources
  from registrar_record_json where kind = 'agent';

create or replace view registrar_framework as
  select registry, id,
    json ->> 'name' as name,
    json ->> 'user' as "user",
    registrar_array(json -> 'roles') as roles,
    registrar_array(json -> 'capabilities') as capabilities,
    registrar_interval(json ->> 'failoverTimeout') as failover_timeout,
    registrar_object(json -> 'labels') as labels
  from registrar_record_json where kind = 'framework';

create or replace view registrar_machine as
  select registry, id,
    json #>> '{id,hostname}' as hostname,
    json #>> '{id,ip}' as ip,
    json ->> 'mode' as mode,
    json ->> 'schedule' as schedule,
    registrar_number(json ->> 'window') as "window",
    registrar_time(json #>> '{unavailability,start}') as unavailable_from,
    registrar_interval(json #>> '{unavailability,duration}') as unavailable_for
  from registrar_record_json where kind = 'machine';

create or replace view registrar_quota as
  select registry, id as role,
    registrar_object(json -> 'guarantees') as guarantees,
    registrar_object(json -> 'limits') as limits
  from registrar_record_json where kind = 'quota';

create or replace view registrar_weight as
  select registry, id as role,
    registrar_number(json ->> 'weight') as weight
  from registrar_record_json where kind = 'weight';

create or replace view registrar_history as
  select registry, id,
    registrar_number(json ->> 'sequence') as sequence,
    registrar_time(json ->> 'at') as at,
    json ->> 'principal' as principal,
    json ->> 'action' as action,
    json ->> 'subjectKind' as subject_kind,
    registrar_array(json -> 'subjects') as subjects,
    json ->> 'detail' as detail
  from registrar_record_json where kind = 'audit';

create or replace view registrar_master as
  select registry,
    json ->> 'id' as id,
    json ->> 'hostname' as hostname,
    json ->> 'address' as address,
    json ->> 'version' as version
  from registrar_record_json where kind = 'master';
