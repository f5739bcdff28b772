package io.registrar.jdbc;

import io.registrar.spi.Header;
import io.registrar.spi.RegistryName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * One registry's head, and the history of its epochs: at which version each began. Every write is
 * one statement, so that the server never waits for us while it holds the row.
 */
final class HeadTable {
  /** How many epochs are remembered: as far back a commit in doubt can be told from a later one. */
  private static final int KEPT_EPOCHS = 1000;

  private static final String COLUMNS = "epoch, version, fence, header, system_id, timeline";

  private static final String READ =
      "select " + COLUMNS + " from registrar_head where name = :name";

  private static final String CREATE =
      """
      insert into registrar_head (name, epoch, version, fence, header, owner, system_id, timeline)
      values (:name, 0, 0, 0, '', '', :system, :timeline)
      on conflict (name) do nothing
      """;

  /** Conditional on what was read, so that one that arrives late takes nothing from anybody. */
  private static final String TAKE =
      """
      with head as (
        update registrar_head
        set epoch = :epoch, owner = :owner, system_id = :system, timeline = :timeline
        where name = :name and epoch = :seen
        returning epoch, version, fence, header, system_id, timeline),
      remembered as (
        insert into registrar_epoch (name, epoch, version, owner, acquired_at, timeline)
        select :name, epoch, version, :owner, clock_timestamp(), timeline from head),
      forgotten as (
        delete from registrar_epoch where name = :name and epoch <= :forgotten)
      select * from head
      """;

  /** Says the same however often it arrives: a second settlement that is late changes nothing. */
  private static final String OUTDATE =
      """
      update registrar_head
      set fence = greatest(fence, :fence), timeline = :timeline
      where name = :name and epoch = :epoch
      returning epoch, version, fence, header, system_id, timeline
      """;

  private static final String NEXT_EPOCH =
      """
      select version from registrar_epoch where name = :name and epoch > :epoch
      order by epoch limit 1
      """;

  private final String name;

  HeadTable(RegistryName registry) {
    name = registry.text();
  }

  /** All of them, for whoever wants to see their plans. */
  static List<String> statements() {
    return List.of(READ, CREATE, TAKE, OUTDATE, NEXT_EPOCH);
  }

  Optional<Head> read(Handle handle) {
    return handle.createQuery(READ).bind("name", name).map(HeadTable::head).findOne();
  }

  /** Makes the head of an empty registry, unless there is one. */
  void create(Handle handle, ServerState server) {
    handle
        .createUpdate(CREATE)
        .bind("name", name)
        .bind("system", server.systemId())
        .bind("timeline", server.timeline())
        .execute();
  }

  /** Raises the epoch, if it is still the one seen; empty if somebody else was faster. */
  Optional<Head> take(Handle handle, Head seen, long epoch, String owner, ServerState server) {
    return handle
        .createQuery(TAKE)
        .bind("name", name)
        .bind("seen", seen.epoch())
        .bind("epoch", epoch)
        .bind("owner", owner)
        .bind("system", server.systemId())
        .bind("timeline", server.timeline())
        .bind("forgotten", epoch - KEPT_EPOCHS)
        .map(HeadTable::head)
        .findOne();
  }

  /** Makes every commit that names an earlier fence impossible; empty if the epoch is over. */
  Optional<Head> outdate(Handle handle, long epoch, long fence, ServerState server) {
    return handle
        .createQuery(OUTDATE)
        .bind("name", name)
        .bind("epoch", epoch)
        .bind("fence", fence)
        .bind("timeline", server.timeline())
        .map(HeadTable::head)
        .findOne();
  }

  /** The version at which the epoch after this one began; empty if that is forgotten. */
  OptionalLong versionAtNextEpoch(Handle handle, long epoch) {
    return handle
        .createQuery(NEXT_EPOCH)
        .bind("name", name)
        .bind("epoch", epoch)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static Head head(ResultSet row, StatementContext context) throws SQLException {
    return new Head(
        row.getLong("epoch"),
        row.getLong("version"),
        row.getLong("fence"),
        Header.of(row.getBytes("header")),
        row.getLong("system_id"),
        row.getInt("timeline"));
  }
}
