package io.registrar.tck;

import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.concurrent.Callable;

/** The holder of a session, who commits one batch after the other until it is fenced. */
final class CommittingHolder implements Callable<Void> {
  private static final int STEADY = 3;
  private static final Duration BEGIN = Duration.ofSeconds(20);

  private final SteadySession session;
  private final Markers markers;
  private final int before;
  private volatile int acknowledged;
  private volatile boolean overtaken;
  private volatile boolean inDoubt;

  /** One whose first batch follows this one. */
  CommittingHolder(SteadySession session, Markers markers, int before) {
    this.session = session;
    this.markers = markers;
    this.before = before;
    this.acknowledged = before;
  }

  /** The last batch that was acknowledged. */
  int acknowledged() {
    return acknowledged;
  }

  /** Waits until some batches have been acknowledged. */
  void awaitCommits() {
    Deadline.after(BEGIN).await(STEADY + " commits", () -> acknowledged >= before + STEADY);
  }

  /** From now on, no commit that begins may succeed: a later acquire has returned. */
  void overtake() {
    overtaken = true;
  }

  /** Whether the batch after the last acknowledged one may have taken effect. */
  boolean inDoubt() {
    return inDoubt;
  }

  @Override
  public Void call() throws StorageException {
    for (int i = 0; i < STEADY; i++) {
      commitNext(session);
    }
    // From here on somebody takes over: to acquire again would fence them.
    StorageSession bare = session.bare();
    try {
      while (true) {
        commitBeside(bare);
      }
    } catch (FencedException fenced) {
      return null;
    } catch (CommitUnknownException e) {
      inDoubt = true;
      return null;
    }
  }

  private void commitBeside(StorageSession bare) throws StorageException {
    boolean late = overtaken;
    try {
      commitNext(bare);
    } catch (UnavailableException withoutEffect) {
      return;
    }
    if (late) {
      throw new AssertionError("batch " + acknowledged + " was begun and acknowledged too late");
    }
  }

  private void commitNext(StorageSession by) throws StorageException {
    int n = acknowledged + 1;
    RegistryUnderTest.commit(by, markers.batch(n));
    acknowledged = n;
  }
}
