package io.registrar.example.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Watches the master while a fleet works: sees that it has restarted, waits for it with growing
 * pauses while it is away, and shows the progress once a second.
 */
final class Watch {
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final long PERIOD_MILLIS = 250;
  private static final long NANOS_A_MILLI = 1_000_000;

  private final Fleet fleet;
  private final MasterClient master;
  private final FleetPlan plan;
  private final PrintStream progress;

  private boolean known;
  private long epoch;
  private long lastSeen = System.nanoTime();
  private long lastShown = System.nanoTime();
  private long shownAcknowledged;

  Watch(Fleet fleet, MasterClient master, FleetPlan plan, PrintStream progress) {
    this.fleet = fleet;
    this.master = master;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Blocks until the fleet has done all it had to, and has held on as long as planned.
   *
   * @throws TimeoutException if the master was away for longer than the fleet is patient
   * @throws IOException if the journal cannot be written
   */
  void untilDone() throws IOException, InterruptedException, TimeoutException {
    long pause = SHORTEST_PAUSE_MILLIS;
    long idleSince = Long.MIN_VALUE;
    while (true) {
      if (fleet.settled().isCompletedExceptionally()) {
        throw new IOException("the fleet's file cannot be written", cause());
      }
      boolean there = look();
      boolean idle = there && fleet.isIdle();
      if (!idle) {
        idleSince = Long.MIN_VALUE;
      } else if (idleSince == Long.MIN_VALUE) {
        idleSince = System.nanoTime();
      }
      if (idle && System.nanoTime() - idleSince >= plan.hold().toNanos()) {
        show();
        return;
      }
      pause = there ? SHORTEST_PAUSE_MILLIS : Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
      fleet.awaitNews(there ? PERIOD_MILLIS : pause);
      if (System.nanoTime() - lastShown >= 1_000 * NANOS_A_MILLI) {
        show();
      }
    }
  }

  private boolean look() throws InterruptedException, TimeoutException {
    long now;
    try {
      now = master.epoch();
    } catch (IOException e) {
      long silent = System.nanoTime() - lastSeen;
      if (silent > plan.patience().toNanos()) {
        throw new TimeoutException(
            "the master has been away for "
                + Duration.ofNanos(silent).toSeconds()
                + " s, which is longer than --patience: "
                + e);
      }
      return false;
    }
    lastSeen = System.nanoTime();
    if (known && now != epoch) {
      fleet.masterRestarted();
    } else if (!known || fleet.isAway()) {
      fleet.masterIsBack();
    }
    known = true;
    epoch = now;
    return true;
  }

  private void show() {
    Tally tally = fleet.tally();
    long now = System.nanoTime();
    long acknowledged = tally.acknowledged;
    double seconds = Math.max(1e-3, (now - lastShown) / 1e9);
    progress.printf(
        "agent-fleet: %,d acknowledged, %,.0f/s, %d in flight, %d unanswered, %d restarts seen%s%s%n",
        acknowledged,
        (acknowledged - shownAcknowledged) / seconds,
        tally.inFlight,
        tally.unknown,
        tally.restarts,
        tally.brokenCount() > 0 ? ", " + tally.brokenCount() + " answers that cannot be" : "",
        fleet.isAway() ? "; the master is away" : "");
    lastShown = now;
    shownAcknowledged = acknowledged;
  }

  private Throwable cause() {
    return fleet.settled().handle((done, failure) -> failure).join();
  }
}
