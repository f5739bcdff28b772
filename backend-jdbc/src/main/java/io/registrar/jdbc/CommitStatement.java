package io.registrar.jdbc;

import io.registrar.spi.Batch;
import io.registrar.spi.RecordKey;
import io.registrar.spi.RegistryName;
import io.registrar.spi.StoredRecord;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A commit in one statement, whatever the batch's size: the head moves if it is still the one that
 * the session knows, and the records change if the head has moved. One round trip, after which the
 * server holds nothing.
 */
final class CommitStatement implements AutoCloseable {
  static final String SQL =
      """
      with head as (
        update registrar_head set version = ?, header = ?, timeline = ?
        where name = ? and epoch = ? and version = ? and fence = ?
        returning name),
      deleted as (
        delete from registrar_record as old
        using head, unnest(?::text[], ?::text[]) as gone (kind, id)
        where old.name = head.name and old.kind = gone.kind and old.id = gone.id),
      written as (
        insert into registrar_record (name, kind, id, value)
        select head.name, fresh.kind, fresh.id, fresh.value
        from head, unnest(?::text[], ?::text[], ?::bytea[]) as fresh (kind, id, value)
        on conflict (name, kind, id) do update set value = excluded.value)
      select count(*) from head
      """;

  private final Connection connection;
  private final PreparedStatement statement;
  private final RegistryName registry;
  private final int timeline;

  CommitStatement(Connection connection, RegistryName registry, int timeline) throws SQLException {
    this.connection = connection;
    this.registry = registry;
    this.timeline = timeline;
    statement = connection.prepareStatement(SQL);
  }

  /**
   * Runs it. An exception leaves the outcome open, unless the server says that it has undone it.
   *
   * @param known the head that it follows
   * @param next the version that it makes
   * @return whether it took effect
   */
  boolean run(Batch batch, Head known, long next) throws SQLException {
    statement.setLong(1, next);
    statement.setBytes(2, batch.header().bytes());
    statement.setInt(3, timeline);
    statement.setString(4, registry.text());
    statement.setLong(5, known.epoch());
    statement.setLong(6, known.version());
    statement.setLong(7, known.fence());
    List<RecordKey> deletes = batch.deletes();
    statement.setArray(8, texts(deletes.stream().map(RecordKey::kind).toArray()));
    statement.setArray(9, texts(deletes.stream().map(RecordKey::id).toArray()));
    List<StoredRecord> puts = batch.puts();
    statement.setArray(10, texts(puts.stream().map(put -> put.key().kind()).toArray()));
    statement.setArray(11, texts(puts.stream().map(put -> put.key().id()).toArray()));
    byte[][] values = puts.stream().map(StoredRecord::value).toArray(byte[][]::new);
    statement.setArray(12, connection.createArrayOf("bytea", values));
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1) == 1;
    }
  }

  private Array texts(Object[] texts) throws SQLException {
    return connection.createArrayOf("text", texts);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
