package io.registrar.log.performance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operation costs on the replicated log, against the disk's bare sync in turn within one
 * run, and how many a second there are. Run it by {@code mvn -Pfull -pl backend-replicated-log -am
 * verify -Dtest=LogSpeedTest -Dsurefire.failIfNoSpecifiedTests=false}; the figures of one run are
 * in docs/performance.md.
 */
@Tag("full")
class LogSpeedTest {
  private static final int IN_TURN = 50;
  private static final Duration WINDOW = Duration.ofSeconds(3);
  private static final int MOST_WARM_UPS = 12;
  private static final int WINDOWS = 3;

  @TempDir private Path work;

  @Test
  void oneMemberCostsLittleMoreThanTheSync() throws Exception {
    assertThat(ratio(1, 120)).isLessThanOrEqualTo(1.5);
  }

  @Test
  void threeMembersCostASmallMultipleOfTheSync() throws Exception {
    assertThat(ratio(3, 120)).isLessThanOrEqualTo(3.5);
  }

  @Test
  void manyCallersShareTheEntries() throws Exception {
    for (int members : new int[] {1, 3}) {
      try (LeadingMaster master = new LeadingMaster(work.resolve("of" + members), members)) {
        double one = steady(members, 1, master);
        double some = steady(members, 64, master);
        double many = steady(members, 1_000, master);
        assertThat(some).isGreaterThan(8 * one);
        assertThat(many).isGreaterThan(1.2 * some);
      }
    }
  }

  /** The median of a lone caller's operations in medians of the bare sync. */
  private double ratio(int members, int rounds) throws Exception {
    List<Long> bare = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    try (BareDisk disk = new BareDisk(work.resolve("bare" + members));
        LeadingMaster master = new LeadingMaster(work.resolve("of" + members), members)) {
      // Some code runs only for many callers, some only for one.
      warmUp(64, master);
      warmUp(1, master);
      for (int round = 0; round < rounds; round++) {
        List<Long> bareInto = round < rounds / 2 ? new ArrayList<>() : bare;
        List<Long> oursInto = round < rounds / 2 ? new ArrayList<>() : ours;
        for (int i = 0; i < IN_TURN; i++) {
          long start = System.nanoTime();
          disk.write();
          bareInto.add(System.nanoTime() - start);
        }
        for (int i = 0; i < IN_TURN; i++) {
          long start = System.nanoTime();
          master.update();
          oursInto.add(System.nanoTime() - start);
        }
      }
    }
    double ratio = (double) at(ours, 0.5) / at(bare, 0.5);
    System.out.printf(
        "%d member(s), one caller: p50 %d us, p99 %d us; bare sync: p50 %d us, p99 %d us;"
            + " ratio of the medians %.2f%n",
        members,
        at(ours, 0.5) / 1000,
        at(ours, 0.99) / 1000,
        at(bare, 0.5) / 1000,
        at(bare, 0.99) / 1000,
        ratio);
    return ratio;
  }

  /** The middle rate of some windows. */
  private static double steady(int members, int callers, LeadingMaster master) throws Exception {
    warmUp(callers, master);
    double[] rates = new double[WINDOWS];
    for (int i = 0; i < WINDOWS; i++) {
      rates[i] = master.perSecond(callers, WINDOW);
    }
    Arrays.sort(rates);
    System.out.printf(
        "%d member(s), %d callers: %.0f operations a second (%.0f to %.0f)%n",
        members, callers, rates[WINDOWS / 2], rates[0], rates[WINDOWS - 1]);
    return rates[WINDOWS / 2];
  }

  /** Until the rate has ceased to grow: all that runs often is compiled then. */
  private static void warmUp(int callers, LeadingMaster master) throws InterruptedException {
    double best = 0;
    int flat = 0;
    for (int i = 0; i < MOST_WARM_UPS && flat < 2; i++) {
      double now = master.perSecond(callers, WINDOW);
      flat = now < 1.05 * best ? flat + 1 : 0;
      best = Math.max(best, now);
    }
  }

  private static long at(List<Long> nanos, double quantile) {
    return nanos.stream().sorted().toList().get((int) (nanos.size() * quantile));
  }
}
