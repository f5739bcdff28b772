package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.net.HostileBytes;
import io.registrar.log.node.Pace;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever reaches a member's port, three that run go on: no state changes, no memory is lost. */
@Timeout(900)
class HostileEnsembleTest {
  private static final Duration CALL = TestEnsemble.CALL;
  private static final long GROWTH = 32 << 20;
  private static final long SEED = 20261122;
  private static final int ROUNDS = 20;

  /** A lease that no pause of a busy machine outlasts: a takeover has another cause. */
  private static final Pace PACE = new Pace(Duration.ofSeconds(40), Duration.ofMillis(500));

  @TempDir private Path root;

  @Test
  void twentyThousandHostileFramesAndFiftyIdleConnectionsDoNothing() throws Exception {
    assault(20_000, 50);
  }

  @Test
  @Tag("full")
  void aMillionHostileFramesAndAThousandIdleConnectionsDoNothing() throws Exception {
    assault(1_000_000, 1_000);
  }

  private void assault(int frames, int connections) throws Exception {
    List<Socket> idle = new ArrayList<>();
    try (TestEnsemble ensemble = new TestEnsemble(root, PACE)) {
      for (int id = 1; id <= 3; id++) {
        ensemble.open(id, 1, 2, 3);
      }
      StorageSession session = EnsembleTest.lead(ensemble.member(1));
      EnsembleTest.put(session, "round", "before");
      long before = usedHeap();
      // One that follows is reached as well as the one that leads.
      for (int round = 1; round <= ROUNDS; round++) {
        InetSocketAddress port = ensemble.member(1 + round % 2).node().listening().orElseThrow();
        HostileBytes hostile = new HostileBytes(port, SEED + round);
        hostile.sendFrames(frames / ROUNDS);
        for (int n = 0; n < connections / ROUNDS; n++) {
          idle.add(hostile.openHalf());
        }
        assertThat(EnsembleTest.put(session, "round", "" + round)).isEqualTo(round + 1);
      }
      session.confirm(CALL);
      for (LogStorage member : ensemble.members()) {
        assertThat(EnsembleTest.records(member.read(CALL))).isEqualTo(Map.of("round", "" + ROUNDS));
        // The answer comes a moment before the figures that show it.
        Deadline.after(CALL)
            .await(
                "the figures show the last version",
                () -> member.gauges().get("log_version") == ROUNDS + 1);
        assertThat(member.gauges())
            .containsEntry("log_epoch", session.epoch())
            .containsEntry("log_frames_forgotten", 0L)
            .containsEntry("log_failed", 0L);
      }
      assertThat(ensemble.member(1).gauges().get("log_refused_connections")).isPositive();
      close(idle);
      Deadline.after(CALL).await("the heap is as it was", () -> usedHeap() - before < GROWTH);
    } finally {
      close(idle);
    }
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
