package io.registrar.log.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Any number of seeds: {@code mvn verify -Pfull -Dsim.seeds=... -Dsim.from=... -Dsim.faults=...
 * -Dsim.minutes=... -Dsim.threads=...}.
 */
@Tag("campaign")
class CampaignTest {
  @Test
  void noSeedBreaksAnInvariant() {
    Campaign campaign =
        new Campaign(
            Long.getLong("sim.from", 1),
            Long.getLong("sim.seeds", 100_000),
            FaultClass.parse(System.getProperty("sim.faults", "all")),
            TimeUnit.MINUTES.toMillis(Long.getLong("sim.minutes", 120)));
    campaign.run(Integer.getInteger("sim.threads", 2));
    System.out.println(campaign.report());
    assertThat(campaign.failures()).isEmpty();
  }
}
