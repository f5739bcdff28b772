package io.registrar.log.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign in pieces. */
class CampaignLogTest {
  @TempDir private Path folder;

  @Test
  void figuresOfSeveralRunsAddUp() throws IOException {
    CampaignLog log = new CampaignLog(folder.resolve("campaigns.txt"));
    assertThat(log.next("all")).isEqualTo(1);
    log.append(new Figures("all", 1, 10, 10, 50, 40, 7, 900, 1, Map.of("CRASH", 3L, "lost", 1L)));
    log.append(new Figures("LOSS", 1, 99, 99, 1, 1, 1, 1, 0, Map.of()));
    log.append(new Figures("all", 11, 30, 20, 60, 45, 8, 100, 0, Map.of("CRASH", 4L)));
    assertThat(log.sum("all"))
        .contains(
            new Figures("all", 1, 30, 30, 110, 85, 15, 1_000, 1, Map.of("CRASH", 7L, "lost", 1L)));
    assertThat(log.next("all")).isEqualTo(31);
    assertThat(log.next("none")).isEqualTo(1);
  }

  @Test
  void aLineWithoutTheTimeOfTheProcessorIsRead() {
    Figures old = Figures.parse("all 4000000 4015378 15379 540203 36459186 140820550 5 | CRASH=3");
    assertThat(old.cpuMillis()).isZero();
    assertThat(old.violations()).isEqualTo(5);
    assertThat(Figures.parse(old.line())).isEqualTo(old);
  }

  @Test
  void aRunThatIsOutOfTimeLeavesNoSeedOut() {
    Campaign campaign = new Campaign(5, 1_000, Set.of(), 0);
    campaign.run(2, () -> {});
    Figures none = campaign.figures("none");
    assertThat(none.seeds()).isEqualTo(none.last() - 5 + 1);
    Campaign whole = new Campaign(5, 3, Set.of(), Long.MAX_VALUE);
    whole.run(2, () -> {});
    Figures three = whole.figures("none");
    assertThat(three.seeds()).isEqualTo(3);
    assertThat(three.last()).isEqualTo(7);
    assertThat(three.violations()).isZero();
  }
}
