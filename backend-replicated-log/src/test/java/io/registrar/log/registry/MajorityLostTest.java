package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.node.Pace;
import io.registrar.log.node.SurvivingLog;
import io.registrar.spi.Candidate;
import io.registrar.spi.StorageSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two of three members are lost for good, and a person lets the third one go on alone. */
@Timeout(240)
class MajorityLostTest {
  private static final Duration CALL = TestEnsemble.CALL;
  private static final Pace PACE = new Pace(Duration.ofSeconds(2), Duration.ofMillis(200));

  /** Enough of them that the log is cut, and stands on a snapshot. */
  private static final int WRITES = 60;

  private static final String LONG = "x".repeat(100_000);

  @TempDir private Path root;

  @Test
  void theOneThatIsLeftHasEveryRecordAndLeadsAloneAndGrows() throws Exception {
    Map<String, String> written = new TreeMap<>();
    Path home;
    long epoch;
    try (TestEnsemble ensemble = new TestEnsemble(root, PACE)) {
      for (int id = 1; id <= 3; id++) {
        ensemble.open(id, 1, 2, 3);
      }
      home = ensemble.directory(3);
      StorageSession session = EnsembleTest.lead(ensemble.member(1));
      epoch = session.epoch();
      for (int n = 0; n < WRITES; n++) {
        EnsembleTest.put(session, "r" + n % 5, n + LONG);
        written.put("r" + n % 5, n + LONG);
      }
      assertThat(EnsembleTest.records(ensemble.member(3).read(CALL))).isEqualTo(written);
      assertThatThrownBy(() -> SurvivingLog.read(home)).isInstanceOf(IOException.class);
    }
    SurvivingLog left = SurvivingLog.read(home);
    assertThat(left.base().epoch()).isEqualTo(epoch);
    assertThat(left.base().version()).isEqualTo(WRITES);
    assertThat(left.findings().toString()).contains("version      " + WRITES);
    Path old = left.goOnAlone();
    assertThat(old).isNotEmptyDirectory();
    assertThat(Files.readString(home.resolve(SurvivingLog.NOTE)))
        .contains(left.base().ensemble().toString())
        .contains(old.toString());
    try (TestEnsemble alone = new TestEnsemble(root, PACE)) {
      LogStorage third = alone.open(3, 3);
      assertThat(third.election().campaign(new Candidate("three", "http://three"), CALL))
          .isPresent();
      StorageSession session = EnsembleTest.lead(third);
      assertThat(session.epoch()).isGreaterThan(epoch);
      assertThat(EnsembleTest.put(session, "last", "1")).isEqualTo(WRITES + 1);
      written.put("last", "1");
      alone.open(4, 3, 4);
      third.promoteMember(4, CALL, sentence -> {});
      assertThat(EnsembleTest.records(alone.member(4).read(CALL))).isEqualTo(written);
    }
    assertThatThrownBy(() -> SurvivingLog.read(root.resolve("nowhere")))
        .hasMessageContaining("nowhere holds no log of this program");
  }

  @Test
  void whoIsAloneAnywayIsToldToJustStart() throws Exception {
    try (TestEnsemble ensemble = new TestEnsemble(root, PACE)) {
      EnsembleTest.put(EnsembleTest.lead(ensemble.open(1, 1)), "a", "1");
    }
    assertThatThrownBy(() -> SurvivingLog.read(root.resolve("m1").resolve("registry.log")))
        .hasMessageContaining("member 1 is its only member already; just start it");
  }
}
