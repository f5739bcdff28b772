package io.registrar.jdbc;

import io.registrar.spi.IncompatibleException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** What our tables look like, so that another's table of the same name is not taken for ours. */
final class TableShape {
  private static final Map<String, List<String>> TABLES =
      Map.of(
          "registrar_head",
          List.of(
              "name text C key",
              "epoch bigint",
              "version bigint",
              "fence bigint",
              "header bytea",
              "owner text",
              "system_id bigint",
              "timeline integer"),
          "registrar_record",
          List.of("name text C key", "kind text C key", "id text C key", "value bytea"),
          "registrar_epoch",
          List.of(
              "name text C key",
              "epoch bigint key",
              "version bigint",
              "owner text",
              "acquired_at timestamp with time zone",
              "timeline integer"),
          "registrar_lease",
          List.of(
              "name text C key",
              "term bigint",
              "holder text",
              "address text",
              "expires_at timestamp with time zone"));

  private static final String COLUMNS =
      """
      select c.relname as table_name, a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || coalesce((select ' C' from pg_collation l
             where l.oid = a.attcollation and l.collname = 'C'), '')
        || coalesce((select ' key' from pg_index i
             where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)), '')
        as description
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.oid = any (array[to_regclass('registrar_head'), to_regclass('registrar_record'),
          to_regclass('registrar_epoch'), to_regclass('registrar_lease')]::oid[])
        and a.attnum > 0 and not a.attisdropped
      """;

  private TableShape() {}

  /**
   * @throws IncompatibleException if a table is missing, or has other columns or another key
   */
  static void check(Handle handle, DatabaseAddress address) throws IncompatibleException {
    Map<String, TreeSet<String>> found = new TreeMap<>();
    handle
        .createQuery(COLUMNS)
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(
            column ->
                found
                    .computeIfAbsent(column.getKey(), t -> new TreeSet<>())
                    .add(column.getValue()));
    for (Map.Entry<String, List<String>> table : TABLES.entrySet()) {
      TreeSet<String> expected = new TreeSet<>(table.getValue());
      TreeSet<String> columns = found.getOrDefault(table.getKey(), new TreeSet<>());
      if (!columns.equals(expected)) {
        throw new IncompatibleException(
            "the table "
                + table.getKey()
                + " at "
                + address
                + " is not the registrar's: it has the columns "
                + columns
                + ", and is to have "
                + expected
                + "; give another schema with currentSchema=NAME in --jdbc_url, or rename that table");
      }
    }
  }
}
