package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.FencedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Direction;
import io.registrar.tck.fault.TcpProxy;
import java.time.Duration;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three servers, each a process of its own: some are stopped, some killed. */
class LagTest {
  private static Quorum quorum;

  @BeforeAll
  static void start() throws Exception {
    quorum = Quorum.start();
  }

  @AfterAll
  static void stop() {
    quorum.close();
  }

  @Test
  void aStoppedFollowerGivesNoStaleAnswers() throws Exception {
    int follower = quorum.follower();
    int other = quorum.otherThan(follower);
    try (Storage lagging = Registries.open("zk://" + quorum.address(follower) + "/lag");
        Storage ahead = Registries.open("zk://" + quorum.address(other) + "/lag")) {
      StorageSession session = Registries.lead(ahead);
      Registries.commit(session, "a", "1");
      assertThat(Registries.read(lagging)).isEqualTo(Map.of("a", "1"));

      quorum.server(follower).stop();
      Registries.commit(session, "a", "2");
      assertThatThrownBy(() -> lagging.read(Duration.ofMillis(500)))
          .isInstanceOf(UnavailableException.class);
      quorum.server(follower).resume();

      assertThat(Registries.read(lagging)).isEqualTo(Map.of("a", "2"));
    }
  }

  @Test
  void aFollowerThatLagsBehindGivesNoStaleAnswers() throws Exception {
    int leader = quorum.leader();
    int follower = quorum.otherThan(leader);
    TcpProxy link = quorum.link(follower, leader);
    try (Storage lagging = Registries.open("zk://" + quorum.address(follower) + "/behind");
        Storage ahead = Registries.open("zk://" + quorum.address(leader) + "/behind");
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(quorum.address(follower), new RetryOneTime(100))) {
      client.start();
      StorageSession session = Registries.lead(ahead);
      Registries.commit(session, "a", "1");
      assertThat(Registries.read(lagging)).isEqualTo(Map.of("a", "1"));

      link.hold(Direction.TO_CLIENT);
      Registries.commit(session, "a", "2");
      assertThat(new String(client.getData().forPath("/behind/registry/head")))
          .as("the follower serves what was")
          .contains("version=1");
      assertThatThrownBy(() -> lagging.read(Duration.ofSeconds(1)))
          .isInstanceOf(UnavailableException.class);
      link.release(Direction.TO_CLIENT);

      assertThat(Registries.read(lagging)).isEqualTo(Map.of("a", "2"));
    }
  }

  @Test
  void aSessionGoesOnWhenTheLeadingServerIsKilled() throws Exception {
    try (Storage storage = Registries.open("zk://" + quorum.addresses() + "/kills")) {
      StorageSession session = Registries.lead(storage);
      Registries.commit(session, "a", "1");
      int leader = quorum.leader();

      quorum.kill(leader);
      long version = 1;
      for (int i = 2; i <= 10; i++) {
        version = commitUntilAcknowledged(session, "a", Integer.toString(i));
      }
      quorum.restart(leader);

      assertThat(version).isEqualTo(10);
      assertThat(Registries.read(storage)).isEqualTo(Map.of("a", "10"));
      Registries.lead(storage);
      assertThatThrownBy(() -> session.confirm(Registries.TIMEOUT))
          .isInstanceOf(FencedException.class);
    }
  }

  private static long commitUntilAcknowledged(StorageSession session, String id, String value)
      throws Exception {
    UnavailableException last = null;
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        return Registries.commit(session, id, value);
      } catch (UnavailableException e) {
        last = e;
      }
    }
    throw last;
  }
}
