package io.registrar.tck;

import io.registrar.tck.history.Histories;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** Rules 2 to 6 together: random histories of several clients, which H1 to H11 must explain. */
interface HistoryRules extends RuleGroup {
  /** In the place of a rule's number. */
  String NUMBER = "H";

  /**
   * How many calls, of all histories together; the system property {@code
   * registrar.tck.historyCalls}.
   */
  int CALLS = Integer.getInteger("registrar.tck.historyCalls", 10_000);

  /** What the clients do follows from it; the system property {@code registrar.tck.seed}. */
  long SEED = Long.getLong("registrar.tck.seed", new Random().nextInt(1_000_000));

  /** The time that the ordinary run is given; a longer one is given more. */
  Duration LONGEST = Duration.ofSeconds(Math.max(120, CALLS / 100));

  /** The fewest calls that say something: made however slow the storage is. */
  int LEAST = Math.min(300, CALLS);

  @Timeout(value = 6, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @Rule(
      value = NUMBER,
      expects =
          "what clients were told, at random and beside each other, fits one order of commits",
      lookAt =
          "the check that failed: H1 to H4 lost or revived commits, H5 to H7 and H10 reads,"
              + " H8 and H9 fences, H11 time")
  default void rule_H_randomHistoriesAreExplained() throws Exception {
    StorageTarget another = underTest().targetIn(underTest().directory("another"));
    int checked =
        new Histories(List.of(underTest().target(), another), SteadyStorage::new, SEED)
            .run(CALLS, LEAST, LONGEST);
    underTest().found("history calls checked", String.format(Locale.ROOT, "%,d", checked));
  }
}
