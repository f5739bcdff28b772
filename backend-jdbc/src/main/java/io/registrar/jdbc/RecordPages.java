package io.registrar.jdbc;

import io.registrar.spi.RecordKey;
import io.registrar.spi.RegistryName;
import io.registrar.spi.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Reads a registry's records in the order of their keys, page by page: each is cut by a number of
 * records and by bytes, so that neither a million small records nor a few large ones fill the heap.
 */
final class RecordPages {
  /** A page ends with the record that reaches this size. */
  private static final int PAGE_BYTES = 8 << 20;

  /** The sizes are known without reading the values: those of records beyond the cut stay. */
  static final String PAGE =
      """
      select kind, id, value from (
        select kind, id, value,
          sum(octet_length(value)) over (order by kind, id rows unbounded preceding)
            - octet_length(value) as before
        from (
          select kind, id, value from registrar_record
          where name = ? and (kind, id) > (?, ?)
          order by kind, id limit ?) page) sized
      where before < ?
      """;

  private final RegistryName registry;
  private final int records;
  private String kind = "";
  private String id = "";

  RecordPages(RegistryName registry, int records) {
    this.registry = registry;
    this.records = records;
  }

  /** The next page; empty at the end. */
  Queue<StoredRecord> next(Connection connection) throws SQLException {
    Queue<StoredRecord> page = new ArrayDeque<>();
    try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setString(1, registry.text());
      statement.setString(2, kind);
      statement.setString(3, id);
      statement.setInt(4, records);
      statement.setInt(5, PAGE_BYTES);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          kind = row.getString(1);
          id = row.getString(2);
          page.add(new StoredRecord(new RecordKey(kind, id), row.getBytes(3)));
        }
      }
    }
    return page;
  }
}
