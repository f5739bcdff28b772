package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.operation.AdmitAgent;
import io.registrar.operation.UpdateAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs, as ratios within one run: beside the same driver and server doing the least. */
@Tag("full")
class CostTest {
  private static final String UPSERT =
      "insert into bare (id, value) values (?, ?) on conflict (id) do update set value ="
          + " excluded.value";

  private static final Principal OPERATOR = new Principal("operator");

  @Test
  void oneCommitCostsLittleMoreThanABareUpsert() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    database.sql("create table bare (id text primary key, value bytea)");
    byte[] value = "x".repeat(300).getBytes();
    try (Storage storage = database.open();
        Connection connection = database.server().connect(database.name());
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      StorageSession session = TestDatabase.lead(storage);
      int rounds = 3000;
      long[] bare = new long[rounds];
      long[] ours = new long[rounds];
      for (int n = -10_000; n < rounds; n++) { // long before: the compiler takes its time
        String id = "r" + Math.floorMod(n, 500);
        long begin = System.nanoTime();
        upsert.setString(1, id);
        upsert.setBytes(2, value);
        upsert.executeUpdate();
        long between = System.nanoTime();
        session.commit(TestDatabase.put(id, "x".repeat(300)), TestDatabase.TIMEOUT);
        if (n >= 0) {
          bare[n] = between - begin;
          ours[n] = System.nanoTime() - between;
        }
      }
      double ratio = median(ours) / median(bare);
      System.out.printf(
          "one caller: p50 %.0f us, a bare upsert %.0f us, ratio %.2f%n",
          median(ours) / 1e3, median(bare) / 1e3, ratio);
      assertThat(ratio).isLessThan(1.5);
    }
  }

  @Test
  void sixtyFourCallersShareTheirCommits() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    database.sql("create table bare (id text primary key, value bytea)");
    MasterInfo master = new MasterInfo("m1", "m1", "", "");
    try (Storage storage = database.open();
        Registrar registrar = Registrar.recover(storage, RegistrarOptions.leading(master).build());
        Connection connection = database.server().connect(database.name())) {
      for (int i = 0; i < 64; i++) {
        registrar.apply(new AdmitAgent("a" + i, info(0)), OPERATOR).get(20, TimeUnit.SECONDS);
      }
      long bare = 0;
      long ours = 0;
      int chunks = 20;
      int each = 50;
      for (int chunk = -40; chunk < chunks; chunk++) {
        long begin = System.nanoTime();
        for (int n = 0; n < each; n++) {
          bareStatementOf64(connection, chunk * each + n);
        }
        long between = System.nanoTime();
        List<CompletableFuture<?>> callers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          callers.add(caller(registrar, "a" + i, chunk * each, each));
        }
        CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new))
            .get(60, TimeUnit.SECONDS);
        if (chunk >= 0) {
          bare += between - begin;
          ours += System.nanoTime() - between;
        }
      }
      int rounds = chunks * each;
      System.out.printf(
          "64 callers: %.0f operations/s; bare statements of 64 upserts %.0f/s; rate ratio %.2f%n",
          rounds * 64e9 / ours, rounds * 64e9 / bare, (double) bare / ours);
      assertThat((double) bare / ours).isGreaterThan(0.5);
    }
  }

  /** One that sends its next operation when it has the answer to the last. */
  private static CompletableFuture<?> caller(Registrar registrar, String id, int from, int left) {
    return left == 0
        ? CompletableFuture.completedFuture(null)
        : registrar
            .apply(new UpdateAgent(id, info(from)), OPERATOR)
            .thenCompose(outcome -> caller(registrar, id, from + 1, left - 1));
  }

  private static void bareStatementOf64(Connection connection, int n) throws SQLException {
    StringBuilder sql = new StringBuilder("insert into bare (id, value) values (?, ?)");
    sql.append(", (?, ?)".repeat(63));
    sql.append(" on conflict (id) do update set value = excluded.value");
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < 64; i++) {
        statement.setString(2 * i + 1, "a" + i);
        statement.setBytes(2 * i + 2, ("value " + n + "x".repeat(150)).getBytes());
      }
      statement.executeUpdate();
    }
  }

  private static AgentInfo info(int n) {
    return new AgentInfo(
        "host", 5051, Map.of("n", "" + n), Map.of("cpus", 4.0, "mem", 1024.0, "disk", 1e6));
  }

  @Test
  void aHundredThousandRecordsAreReadInTwoSeconds() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    database.open().close();
    fill(database, 100_000);
    try (Storage storage = database.open()) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        long begin = System.nanoTime();
        assertThat(TestDatabase.records(storage)).hasSize(100_000);
        best = Math.min(best, System.nanoTime() - begin);
      }
      System.out.printf("100,000 records of 300 bytes read in %.2f s (best of 3)%n", best / 1e9);
    }
  }

  @Test
  void aHundredThousandAgentsAreRecovered() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    MasterInfo master = new MasterInfo("m1", "m1", "", "");
    RegistrarOptions options = RegistrarOptions.leading(master).queueCapacity(100_000).build();
    int agents = 100_000;
    try (Storage storage = database.open();
        Registrar registrar = Registrar.recover(storage, options)) {
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < agents; i++) {
        all.add(registrar.apply(new AdmitAgent("agent-" + i, info(i)), OPERATOR));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
    }
    List<String> seconds = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      long begin = System.nanoTime();
      try (Storage storage = database.open();
          Registrar registrar = Registrar.recover(storage, options)) {
        seconds.add(String.format("%.2f", (System.nanoTime() - begin) / 1e9));
        assertThat(registrar.registry().count(Agent.TYPE)).isEqualTo(agents);
      }
    }
    System.out.printf("%,d agents recovered, storage opened first, in s: %s%n", agents, seconds);
  }

  @Test
  void everyStatementGoesByThePrimaryKeyAtAMillionRecords() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    database.open().close();
    fill(database, 1_000_000);
    database.sql("analyze registrar_record");
    try (Connection connection = database.server().connect(database.name())) {
      SessionSetup.apply(connection);
      String commit = explain(connection, CommitStatement.SQL);
      assertThat(commit).contains("registrar_head_pkey", "registrar_record_pkey");
      assertThat(commit).doesNotContain("Seq Scan", "Hash Join", "Merge Join");
      String page = explain(connection, RecordPages.PAGE);
      assertThat(page).contains("registrar_record_pkey").doesNotContain("Seq Scan", "Sort");
      List<String> others = new ArrayList<>(HeadTable.statements());
      others.addAll(LeaseTable.statements());
      for (String sql : others) {
        assertThat(explain(connection, sql.replaceAll("(?<!:):[a-z]+", "?")))
            .containsAnyOf("registrar_head_pkey", "registrar_epoch_pkey", "registrar_lease_pkey")
            .doesNotContain("Seq Scan");
      }
    }
  }

  private static String explain(Connection connection, String sql) throws SQLException {
    int parameter = 0;
    StringBuilder numbered = new StringBuilder();
    for (char c : sql.toCharArray()) {
      numbered.append(c == '?' ? "$" + ++parameter : "" + c);
    }
    StringBuilder plan = new StringBuilder();
    try (var statement = connection.createStatement()) {
      statement.execute("deallocate all");
      statement.execute("prepare it as " + numbered);
      String arguments = parameter == 0 ? "" : "(null" + ", null".repeat(parameter - 1) + ")";
      try (var row = statement.executeQuery("explain execute it" + arguments)) {
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
      }
    }
    return plan.toString();
  }

  private static void fill(TestDatabase database, int records) throws SQLException {
    database.sql(
        "insert into registrar_record select 'registry', 'test', 'r' || n,"
            + " convert_to(rpad('value ' || n, 300, 'x'), 'UTF8') from generate_series(1, "
            + records
            + ") n");
    database.sql("update registrar_head set version = 1");
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }
}
