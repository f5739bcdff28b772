package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server of the test's own that is killed, stopped, started again, copied and promoted. */
class ServerFailureTest {
  private PostgresServer server;

  @BeforeEach
  void start() throws IOException {
    server = PostgresServer.startNew();
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  @Test
  void aSessionSurvivesTheDeathsOfItsServer() throws Exception {
    TestDatabase database = TestDatabase.on(server);
    try (Storage storage = database.open()) {
      Committing committing = new Committing(TestDatabase.lead(storage));
      CompletableFuture<Map<String, String>> call =
          CompletableFuture.supplyAsync(committing::untilStopped);
      for (Fault fault : new Fault[] {server::kill, server::stopImmediately, this::killBackends}) {
        committing.awaitMore(30);
        fault.strike();
        server.resume();
        committing.awaitMore(30);
      }
      committing.stop.set(true);
      Map<String, String> acknowledged = call.get(60, TimeUnit.SECONDS);
      assertThat(TestDatabase.records(storage)).isEqualTo(acknowledged);
    }
  }

  private void killBackends() throws Exception {
    String pids =
        "select pid from pg_stat_activity where application_name like 'registrar%' and state ="
            + " 'active'";
    for (String pid : new TestDatabase(server, "postgres").sql(pids)) {
      PostgresServer.signal(Long.parseLong(pid), "-KILL");
    }
  }

  @Test
  void aPromotedStandbyWithEveryCommitIsAcceptedAndOneWithoutTheLastIsNot() throws Exception {
    TestDatabase database = TestDatabase.on(server);
    PostgresServer early;
    PostgresServer complete;
    StorageSession session;
    try (Storage storage = database.open()) {
      session = TestDatabase.lead(storage);
      session.commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
    }
    server.stop();
    early = server.copy();
    server.resume();
    try (early;
        Storage storage = database.open(Map.of("jdbc_url", either(server, early, database)))) {
      session = TestDatabase.lead(storage);
      session.commit(TestDatabase.put("a", "2"), TestDatabase.TIMEOUT);
      server.stop();
      complete = server.copy();
      try (complete;
          Storage standby = promoted(complete, database).open()) {
        assertThat(TestDatabase.records(standby)).containsEntry("a", "2");
        TestDatabase.lead(standby).commit(TestDatabase.put("a", "3"), TestDatabase.TIMEOUT);
        assertThat(
                new TestDatabase(complete, database.name())
                    .sql("select timeline from registrar_head"))
            .containsExactly("2");
      }
      promoted(early, database);
      StorageSession leading = session;
      assertThatThrownBy(() -> leading.commit(TestDatabase.put("a", "4"), TestDatabase.TIMEOUT))
          .isInstanceOf(DamagedException.class);
      assertThatThrownBy(() -> TestDatabase.lead(storage)).isInstanceOf(DamagedException.class);
    }
  }

  /** Both servers, in this order; the driver takes the first that answers. */
  private static String either(PostgresServer one, PostgresServer two, TestDatabase database) {
    return "jdbc:postgresql://127.0.0.1:"
        + one.address().getPort()
        + ",127.0.0.1:"
        + two.address().getPort()
        + "/"
        + database.name();
  }

  private static TestDatabase promoted(PostgresServer copy, TestDatabase database)
      throws Exception {
    copy.standby().resume();
    TestDatabase promoted = new TestDatabase(copy, database.name());
    assertThatThrownBy(promoted::open)
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("standby");
    assertThat(promoted.sql("select pg_promote()")).containsExactly("t");
    return promoted;
  }

  /** What a test does to a server. */
  private interface Fault {
    void strike() throws Exception;
  }

  /** Commits again and again, and keeps what it was told. */
  private static final class Committing {
    final AtomicBoolean stop = new AtomicBoolean();
    private final StorageSession session;
    private final Map<String, String> told = new TreeMap<>();
    private volatile int count;

    Committing(StorageSession session) {
      this.session = session;
    }

    Map<String, String> untilStopped() {
      for (int n = 0; !stop.get(); n++) {
        String id = "r" + n % 20;
        try {
          session.commit(TestDatabase.put(id, "" + n), TestDatabase.TIMEOUT);
          told.put(id, "" + n);
          count++;
        } catch (UnavailableException certainlyNot) {
          assertThat(certainlyNot.getMessage()).isNotEmpty();
        } catch (CommitUnknownException e) {
          throw new AssertionError("the server was back within the timeout", e);
        } catch (StorageException e) {
          throw new AssertionError(e);
        }
      }
      return told;
    }

    void awaitMore(int more) {
      int least = count + more;
      Deadline.after(Duration.ofSeconds(60))
          .await(more + " more commits are acknowledged", () -> count >= least);
    }
  }
}
