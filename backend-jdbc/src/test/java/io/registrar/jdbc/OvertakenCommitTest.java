package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.FencedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.Direction;
import io.registrar.tck.fault.TcpProxy;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Commits in doubt while another master takes over, and takeovers that arrive late. */
class OvertakenCommitTest {
  @Test
  void aCommitThatTookEffectBeforeTheTakeoverIsToldSo() throws Exception {
    assertThat(overtaken(Direction.TO_CLIENT, Map.of("a", "1", "b", "2"))).isEqualTo("version 2");
  }

  @Test
  void aCommitThatTheTakeoverKeptFromArrivingIsToldSo() throws Exception {
    assertThat(overtaken(Direction.TO_SERVER, Map.of("a", "1"))).isEqualTo("FencedException");
  }

  /** Holds back the request or the answer of a commit until another has taken over twice. */
  private static String overtaken(Direction held, Map<String, String> expected) throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (TcpProxy network = TcpProxy.to(database.server().address());
        Storage far =
            database.open(
                Map.of("jdbc_url", PostgresServer.url(network.address(), database.name())));
        Storage near = database.open()) {
      StorageSession session = TestDatabase.lead(far);
      session.commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
      network.hold(held);
      CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> commit(session));
      if (held == Direction.TO_CLIENT) {
        Deadline.after(TestDatabase.TIMEOUT)
            .await("the commit takes effect", () -> committed(database));
      }
      TestDatabase.lead(near);
      TestDatabase.lead(near);
      network.cut();
      network.heal();
      String told = call.get(30, TimeUnit.SECONDS);
      assertThat(TestDatabase.records(near)).isEqualTo(expected);
      assertThatThrownBy(() -> session.confirm(TestDatabase.TIMEOUT))
          .isInstanceOf(FencedException.class);
      return told;
    }
  }

  private static String commit(StorageSession session) {
    try {
      return "version " + session.commit(TestDatabase.put("b", "2"), TestDatabase.TIMEOUT);
    } catch (StorageException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static boolean committed(TestDatabase database) {
    try {
      return database.sql("select version from registrar_head").contains("2");
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTakeoverThatArrivesAfterAnotherFencesNobody() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (Storage storage = database.open();
        Connection connection = database.server().connect(database.name());
        Handle handle = Jdbi.open(connection)) {
      HeadTable heads = new HeadTable(io.registrar.spi.RegistryName.DEFAULT);
      Head seen = heads.read(handle).orElseThrow();
      ServerState server = SessionSetup.apply(connection);
      StorageSession session = TestDatabase.lead(storage);
      assertThat(heads.take(handle, seen, seen.epoch() + 5, "late", server)).isEmpty();
      session.commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
    }
  }
}
