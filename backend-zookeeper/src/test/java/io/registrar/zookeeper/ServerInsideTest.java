package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.FencedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.Direction;
import io.registrar.tck.fault.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a server that a test can reach into shows. */
class ServerInsideTest {
  private OwnServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    server = OwnServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Storage open() throws Exception {
    return Registries.open("zk://" + server.connectString() + "/inside");
  }

  @Test
  void noCountIsLeftAtTheOneThatMeansAny() throws Exception {
    try (Storage storage = open()) {
      server.setCount("/inside/registry/fence", -3);
      server.setCount("/inside/registry/head", -4);
      for (int takeover = 1; takeover <= 3; takeover++) {
        StorageSession earlier = Registries.lead(storage);
        Registries.commit(earlier, "a", "before " + takeover);
        StorageSession later = Registries.lead(storage);
        Registries.commit(later, "a", "after " + takeover);

        assertThat(server.count("/inside/registry/fence")).isNotEqualTo(-1);
        assertThat(server.count("/inside/registry/head")).isNotEqualTo(-1);
        assertThatThrownBy(() -> Registries.commit(earlier, "a", "fenced"))
            .isInstanceOf(FencedException.class);
        assertThat(Registries.read(storage)).isEqualTo(Map.of("a", "after " + takeover));
      }
      assertThat(server.count("/inside/registry/head")).isGreaterThanOrEqualTo(0);
      assertThat(server.count("/inside/registry/fence")).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  void aSessionOutlivesTheExpiryOfTheZooKeeperSession() throws Exception {
    try (Storage storage = open()) {
      StorageSession session = Registries.lead(storage);
      for (int i = 1; i <= 3; i++) {
        Registries.commit(session, "a", "before " + i);
        server.expireSessions();
        String value = "after " + i;
        untilAvailable(() -> Registries.commit(session, "a", value));
      }

      assertThat(Registries.read(storage)).isEqualTo(Map.of("a", "after 3"));
      session.confirm(Registries.TIMEOUT);
    }
  }

  @Test
  void anExpiryDoesNotSaveAFencedSession() throws Exception {
    try (Storage storage = open();
        Storage other = open()) {
      StorageSession session = Registries.lead(storage);
      Registries.commit(session, "a", "1");
      server.expireSessions();
      Registries.commit(Registries.lead(other), "a", "2");

      assertThatThrownBy(() -> untilAvailable(() -> Registries.commit(session, "a", "3")))
          .isInstanceOf(FencedException.class);
      assertThat(Registries.read(other)).isEqualTo(Map.of("a", "2"));
    }
  }

  @Test
  void aCommitThatWasHeldBackIsOutdatedAndHasNoEffectWhenItArrives() throws Exception {
    try (TcpProxy first = TcpProxy.to(server.address());
        TcpProxy second = TcpProxy.to(server.address())) {
      second.partition();
      String both =
          "zk://127.0.0.1:"
              + first.address().getPort()
              + ",127.0.0.1:"
              + second.address().getPort()
              + "/inside";
      try (Storage storage = Registries.open(both, Map.of("zk_session_timeout", "2secs"))) {
        StorageSession session = Registries.lead(storage);
        Registries.commit(session, "a", "1");

        int expected = server.count("/inside/registry/head");
        first.hold(Direction.TO_SERVER);
        second.heal();
        assertThatThrownBy(() -> Registries.commit(session, "a", "late"))
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("had no effect");
        assertThat(server.count("/inside/registry/head"))
            .as("the head was written again, so that the late commit cannot match it")
            .isGreaterThan(expected);
        first.release(Direction.TO_SERVER);

        assertThat(Registries.commit(session, "b", "2")).isEqualTo(2);
        Deadline.after(Duration.ofSeconds(5))
            .await("the late commit has arrived", () -> first.connections() == 0);
        assertThat(Registries.read(storage)).isEqualTo(Map.of("a", "1", "b", "2"));
      }
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  /** Right after an expiry, a request may meet the dead handle; that is no effect, and said so. */
  private static void untilAvailable(Step step) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        step.run();
        return;
      } catch (UnavailableException e) {
        if (attempt == 10) {
          throw e;
        }
      }
    }
  }
}
