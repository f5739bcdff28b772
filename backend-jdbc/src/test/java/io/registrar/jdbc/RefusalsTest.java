package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.DamagedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be used is refused, and the message says what to do. */
class RefusalsTest {
  private static final String SECRET = "wrong secret";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgresql://host/db",
        "jdbc:mysql://host/db",
        "jdbc:postgresql://host:notaport/db",
        "jdbc:postgresql://host/db?user=u&password=wrong secret",
        "jdbc:postgresql://u:wrong secret@host/db"
      })
  void aUrlThatIsNoneOrHoldsAPassword(String url) throws Exception {
    assertThatThrownBy(() -> TestDatabase.fresh().open(Map.of("jdbc_url", url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--jdbc_url")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void aWrongPasswordWhichIsShownNowhere() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), SECRET + "\n");
    assertThatThrownBy(() -> TestDatabase.fresh().open(Map.of("jdbc_password_file", "" + file)))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("password authentication failed")
        .satisfies(RefusalsTest::showsNoSecret);
    assertThatThrownBy(() -> TestDatabase.fresh().open(Map.of("jdbc_password_file", "/no/such")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("--jdbc_password_file=/no/such");
  }

  private static void showsNoSecret(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    assertThat(text.toString()).doesNotContain(SECRET);
  }

  @Test
  void aDatabaseThatIsNotThere() throws Exception {
    String url = PostgresServer.shared().url("nowhere");
    assertThatThrownBy(() -> TestDatabase.fresh().open(Map.of("jdbc_url", url)))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("\"nowhere\" does not exist");
  }

  @Test
  void aServerThatIsNotThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/db";
    assertThatThrownBy(() -> TestDatabase.fresh().open(Map.of("jdbc_url", url)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("127.0.0.1:" + port + "/db");
  }

  @Test
  void aUserWithoutTheRightToCreateTables() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    String user = "poor_" + database.name();
    database.sql("create role " + user + " login password '" + PostgresServer.PASSWORD + "'");
    Map<String, String> poor = Map.of("jdbc_user", user);
    assertThatThrownBy(() -> database.open(poor))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("GRANT CREATE, USAGE ON SCHEMA \"public\" TO \"" + user + "\"");

    database.open().close();
    assertThatThrownBy(() -> database.open(poor))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("GRANT SELECT, INSERT, UPDATE, DELETE");

    database.sql("grant select, insert, update, delete on all tables in schema public to " + user);
    try (Storage storage = database.open(poor)) {
      TestDatabase.lead(storage).commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
      assertThat(TestDatabase.records(storage)).containsEntry("a", "1");
    }
  }

  @Test
  void aTableOfThatNameWithOtherColumns() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    database.sql("create table registrar_head (name text, epoch integer)");
    assertThatThrownBy(database::open)
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("registrar_head")
        .hasMessageContaining("epoch integer")
        .hasMessageContaining("currentSchema=");
    assertThat(database.sql("select count(*) from pg_tables where tablename like 'registrar%'"))
        .as("nothing else was made")
        .containsExactly("1");
  }

  @Test
  void tablesOfANewerProgram() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    database.open().close();
    database.sql("update registrar_schema set version = 2 where part = 'tables'");
    assertThatThrownBy(database::open)
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("version 1");
  }

  @Test
  void newerViewsAreLeftAlone() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    database.open().close();
    database.sql("update registrar_schema set version = 7 where part = 'views'");
    database.open().close();
    assertThat(database.sql("select version from registrar_schema where part = 'views'"))
        .containsExactly("7");
  }

  @Test
  void manyThatOpenANewDatabaseAtOnceAllSucceed() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    List<CompletableFuture<Storage>> openings = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      openings.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return database.open();
                } catch (io.registrar.spi.StorageException e) {
                  throw new AssertionError(e);
                }
              },
              task -> new Thread(task).start()));
    }
    for (CompletableFuture<Storage> opening : openings) {
      opening.get().close();
    }
    assertThat(database.sql("select part, version from registrar_schema order by part"))
        .containsExactly("tables|1", "views|1");
  }

  @Test
  void anEncodingThatCannotHoldEveryKey() throws Exception {
    TestDatabase fresh = TestDatabase.fresh();
    fresh.sql("create database latin_" + fresh.name() + " encoding 'LATIN1' template template0");
    assertThatThrownBy(() -> new TestDatabase(fresh.server(), "latin_" + fresh.name()).open())
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("LATIN1");
  }

  @Test
  void defaultsOfTheDatabaseDoNotMatter() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    for (String setting :
        List.of(
            "synchronous_commit = off",
            "default_transaction_isolation = 'serializable'",
            "default_transaction_read_only = on",
            "statement_timeout = 500",
            "bytea_output = 'escape'",
            "lock_timeout = 500")) {
      new TestDatabase(database.server(), "postgres")
          .sql("alter database " + database.name() + " set " + setting);
    }
    try (Storage storage = database.open()) {
      StorageSession session = TestDatabase.lead(storage);
      session.commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
      assertThat(TestDatabase.records(storage)).containsEntry("a", "1");
    }
  }

  @Test
  void aServerThatDoesNotSync() throws Exception {
    try (PostgresServer server = PostgresServer.startNew("fsync = off")) {
      assertThatThrownBy(() -> TestDatabase.on(server).open())
          .isInstanceOf(IncompatibleException.class)
          .hasMessageContaining("fsync is off");
    }
  }

  @Test
  void anotherSystemThanTheOneThatWasWritten() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    database.open().close();
    String here = database.sql("select system_id from registrar_head").get(0);
    database.sql("update registrar_head set system_id = 4711");
    assertThatThrownBy(database::open)
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("4711")
        .hasMessageContaining("--jdbc_accept_system=" + here);
    try (Storage moved = database.open(Map.of("jdbc_accept_system", here))) {
      TestDatabase.lead(moved);
    }
    database.open().close();
  }

  @Test
  void aHeadBehindWhatTheSessionHadAcknowledged() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (Storage storage = database.open()) {
      StorageSession session = TestDatabase.lead(storage);
      session.commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
      session.commit(TestDatabase.put("a", "2"), TestDatabase.TIMEOUT);
      database.sql("update registrar_head set version = 1");
      assertThatThrownBy(() -> session.commit(TestDatabase.put("a", "3"), TestDatabase.TIMEOUT))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("version 1")
          .hasMessageContaining("version 2");
      assertThatThrownBy(() -> TestDatabase.records(storage)).isInstanceOf(DamagedException.class);
    }
    try (Storage storage = database.open()) {
      assertThat(TestDatabase.records(storage)).as("nothing was written").containsEntry("a", "2");
    }
  }

  @Test
  void aHeadBehindWhatThisProcessHadSeen() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    for (String setBack : List.of("version = 1", "epoch = 0")) {
      try (Storage reading = database.open();
          Storage leading = database.open()) {
        for (Storage storage : List.of(reading, leading)) {
          StorageSession session = TestDatabase.lead(storage);
          session.commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
          session.commit(TestDatabase.put("a", "2"), TestDatabase.TIMEOUT);
          session.close();
        }
        database.sql("update registrar_head set " + setBack);
        assertThatThrownBy(() -> reading.read(TestDatabase.TIMEOUT))
            .isInstanceOf(DamagedException.class)
            .hasMessageContaining("was set back");
        assertThatThrownBy(() -> TestDatabase.lead(leading))
            .isInstanceOf(DamagedException.class)
            .hasMessageContaining("was set back");
      }
    }
  }

  @Test
  void aHeadThatHasVanished() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (Storage storage = database.open()) {
      database.sql("delete from registrar_head");
      assertThatThrownBy(() -> TestDatabase.lead(storage))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("registrar_head");
    }
  }
}
