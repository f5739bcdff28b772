package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.fleet.MasterCluster.Member;
import io.registrar.jdbc.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main promise with several masters: whoever leads has every record that any acknowledged. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverTest {
  @TempDir private Path directory;

  @Test
  void anotherLeadsWhenTheLeaderIsKilledAndWhenItIsToldToStop() throws Exception {
    try (MasterCluster cluster = MasterCluster.on(PostgresServer.shared(), directory)) {
      Member first = cluster.start("a");
      cluster.awaitLeader();
      cluster.start("b");
      cluster.start("c");
      try (FleetProcess fleet =
          FleetProcess.start(cluster.addresses(), 200, directory.resolve("fleet.log"))) {
        fleet.awaitAcknowledged(300);
        first.process().kill();
        Member second = cluster.awaitLeader(first);
        fleet.awaitAcknowledged(300);
        assertThat(fleet.check().problems()).isEmpty();

        assertThat(second.terminate()).isZero();
        cluster.awaitLeader(first, second);
        fleet.awaitAcknowledged(300);
        assertThat(fleet.check().problems()).isEmpty();
      }
    }
  }
}
