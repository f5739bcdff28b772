package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.node.Pace;
import io.registrar.spi.MembershipAdmin.MemberReport;
import io.registrar.spi.StorageSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One member becomes three, then two, while it is written to. */
@Timeout(240)
class GrowthTest {
  private static final Duration CALL = TestEnsemble.CALL;
  private static final Pace PACE = new Pace(Duration.ofSeconds(2), Duration.ofMillis(200));

  @TempDir private Path root;

  @Test
  void oneBecomesThreeAndTwoAndNothingIsLost() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (TestEnsemble ensemble = new TestEnsemble(root, PACE)) {
      LogStorage first = ensemble.open(1, 1);
      StorageSession session = EnsembleTest.lead(first);
      CompletableFuture<Void> enough = new CompletableFuture<>();
      Future<Map<String, String>> written = threads.submit(() -> write(session, enough));
      ensemble.open(2, 1, 2);
      ensemble.open(3, 1, 2, 3);
      first.promoteMember(2, CALL, sentence -> {});
      first.promoteMember(3, CALL, sentence -> {});
      assertThat(first.members().stream().map(MemberReport::id)).containsExactly(1, 2, 3);
      assertThat(voters(first)).isEqualTo(3);
      first.removeMember(2, CALL, sentence -> {});
      assertThat(voters(first)).isEqualTo(2);
      enough.complete(null);
      Map<String, String> all = written.get(CALL.toSeconds(), TimeUnit.SECONDS);
      assertThat(all).isNotEmpty();
      assertThat(EnsembleTest.records(ensemble.member(3).read(CALL))).isEqualTo(all);
    } finally {
      threads.shutdownNow();
    }
  }

  private static long voters(LogStorage storage) {
    return storage.gauges().get("log_ensemble_size");
  }

  private static Map<String, String> write(StorageSession session, CompletableFuture<Void> enough)
      throws Exception {
    Map<String, String> written = new TreeMap<>();
    for (int n = 0; !enough.isDone(); n++) {
      EnsembleTest.put(session, "r" + n % 50, "v" + n);
      written.put("r" + n % 50, "v" + n);
    }
    return written;
  }
}
