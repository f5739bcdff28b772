package io.registrar.log.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Any number of seeds, in one run or several: {@code mvn verify -Pfull -Dsim.seeds=...
 * -Dsim.from=... -Dsim.faults=... -Dsim.minutes=... -Dsim.threads=... -Dsim.log=...}. Without a
 * first seed it goes on where the last run with the same log and faults has stopped.
 */
@Tag("campaign")
class CampaignTest {
  @Test
  void noSeedBreaksAnInvariant() throws IOException {
    CampaignLog log =
        new CampaignLog(Path.of(System.getProperty("sim.log", "target/campaigns.txt")));
    String faults = System.getProperty("sim.faults", "all");
    Campaign campaign =
        new Campaign(
            Long.getLong("sim.from", log.next(faults)),
            Long.getLong("sim.seeds", 100_000),
            FaultClass.parse(faults),
            TimeUnit.MINUTES.toMillis(Long.getLong("sim.minutes", 120)));
    campaign.run(
        Integer.getInteger("sim.threads", 2),
        () -> System.out.println("so far: " + campaign.figures(faults).text()));
    Figures figures = campaign.figures(faults);
    log.append(figures);
    System.out.println("simulated " + figures.text());
    System.out.println("all runs in the log: " + log.sum(faults).orElse(figures).text());
    assertThat(campaign.failures()).isEmpty();
  }
}
