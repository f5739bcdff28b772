package io.registrar.tck;

import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** Rules 5.1 to 5.4: what a call that did not succeed says is true, and it says it in time. */
interface OutcomeRules extends RuleGroup {
  /** What a call may take beyond its timeout, on a busy machine. */
  Duration GRACE = Duration.ofSeconds(5);

  @Rule(
      value = "5.1",
      expects = "a commit that fails with a certain exception has no effect, now or later",
      lookAt = "refusals that come after the write")
  default void rule_5_1_aFailedCommitHasNoEffect() throws Exception {
    Storage storage = underTest().open();
    StorageSession fenced = RegistryUnderTest.lead(storage);
    StorageSession closed = RegistryUnderTest.lead(storage);
    StorageSession latest = RegistryUnderTest.lead(storage);
    RegistryUnderTest.commit(latest, Samples.put("a", "1"));
    closed.close();
    RegistryState before = RegistryUnderTest.read(storage);
    for (int i = 0; i < 3; i++) {
      Refusals.refused(
          FencedException.class,
          "a commit of a fenced session",
          () -> RegistryUnderTest.commit(fenced, Samples.put("a", "fenced")));
      try {
        RegistryUnderTest.commit(closed, Samples.put("a", "closed"));
        Assertions.fail("a closed session that was fenced has committed");
      } catch (ClosedException | FencedException either) {
        RegistryUnderTest.read(storage).mustBe(before, "after " + either);
      }
    }
  }

  @Rule(
      value = "5.2",
      expects =
          "an interrupted commit ends in its version, in a certain failure, or unknown: the truth",
      lookAt = "InterruptedException turned into a definite failure after the write was sent")
  default void rule_5_2_anInterruptedCommitIsToldTruly() throws Exception {
    commitUnder(60, OutcomeRules::interrupted);
  }

  private static Outcome interrupted(StorageSession session, int n) throws Exception {
    CompletableFuture<Thread> committing = new CompletableFuture<>();
    AtomicBoolean sent = new AtomicBoolean();
    try (Workers workers = new Workers()) {
      Future<Outcome> call =
          workers.start(
              () -> {
                committing.complete(Thread.currentThread());
                Outcome told = outcome(session, n, RegistryUnderTest.timeout());
                Deadline.after(Workers.WAIT).awaitUninterrupted("the interrupt", sent::get);
                Assertions.assertTrue(
                    Thread.currentThread().isInterrupted(), "the commit swallowed the interrupt");
                Assertions.assertTrue(
                    told == Outcome.COMMITTED || !session.ignoresInterrupts(),
                    () -> "it says that it ignores interrupts, and by one ended " + told);
                return told;
              });
      Thread caller = Workers.result(committing);
      // The instant is the fault itself: before, in, or after the write.
      LockSupport.parkNanos(new Random(n).nextInt(1_500_000));
      caller.interrupt();
      sent.set(true);
      return Workers.result(call);
    }
  }

  private static Duration shortTimeout(int n) {
    return Duration.ofNanos(n % 2 == 0 ? 1 : n * 50_000L);
  }

  @Rule(
      value = "5.3",
      expects =
          "a session whose commit ended unknown is over, and what the next acquire tells holds",
      lookAt = "sessions that go on after CommitUnknownException; stragglers that land later")
  default void rule_5_3_afterAnUnknownOutcomeTheSessionIsOver() throws Exception {
    Storage storage = underTest().openBare();
    StorageSession session = RegistryUnderTest.lead(storage);
    int unknown = 0;
    for (int n = 1; n <= 60; n++) {
      Outcome told = n % 2 == 0 ? interrupted(session, n) : outcome(session, n, shortTimeout(n));
      if (told == Outcome.UNKNOWN) {
        unknown++;
        mustBeOver(session);
        session = storage.acquire("tck", Floor.NONE, RegistryUnderTest.timeout());
        RegistryState fence = RegistryState.drain(session.snapshot());
        RegistryUnderTest.read(storage).mustBe(fence, "read after the acquire that settled it");
      }
    }
    if (unknown == 0) {
      throw new NotApplicable("none of 60 commits that were cut short ended unknown");
    }
  }

  private static void mustBeOver(StorageSession over) throws StorageException {
    for (int i = 0; i < 2; i++) {
      ClosedException refusal =
          Refusals.refused(
              ClosedException.class,
              "a commit of a session that is over",
              () -> RegistryUnderTest.commit(over, Samples.put("a", "over")));
      Assertions.assertInstanceOf(
          CommitUnknownException.class, refusal.getCause(), "the first failure is the cause");
    }
  }

  @Rule(
      value = "5.4",
      expects = "a commit with a timeout too short to succeed ends in time, and tells the truth",
      lookAt =
          "waits without a timeout, and timeouts reported as failures after the write was sent")
  default void rule_5_4_aCommitEndsWithinItsTimeout() throws Exception {
    commitUnder(
        40,
        (session, n) -> {
          Duration timeout = shortTimeout(n);
          long began = System.nanoTime();
          Outcome outcome = outcome(session, n, timeout);
          mustBeInTime("commit", timeout, began);
          return outcome;
        });
  }

  @Rule(
      value = "5.4",
      expects = "acquire, read and confirm end within their timeouts, and fail as Unavailable only",
      lookAt = "waits without a timeout")
  default void rule_5_4_everyOtherCallEndsWithinItsTimeout() throws Exception {
    Storage storage = underTest().open();
    for (Duration timeout : List.of(Duration.ofNanos(1), Duration.ofMillis(1))) {
      StorageSession session = RegistryUnderTest.lead(storage);
      inTime("read", timeout, () -> storage.read(timeout).close());
      inTime("confirm", timeout, () -> session.confirm(timeout));
      inTime("acquire", timeout, () -> storage.acquire("tck", Floor.NONE, timeout).close());
    }
    RegistryUnderTest.commit(RegistryUnderTest.lead(storage), Samples.put("a", "still works"));
  }

  /** What became of a commit, as its caller was told. */
  enum Outcome {
    COMMITTED,
    NO_EFFECT,
    UNKNOWN
  }

  /** One commit of batch n under some fault. */
  @FunctionalInterface
  interface Attempt {
    Outcome make(StorageSession session, int n) throws Exception;
  }

  private void commitUnder(int attempts, Attempt attempt) throws Exception {
    Storage storage = underTest().openBare();
    Markers markers = new Markers(10);
    StorageSession session = RegistryUnderTest.lead(storage);
    long version = 0;
    for (int n = 1; n <= attempts; n++) {
      Outcome told = attempt.make(session, n);
      if (told == Outcome.UNKNOWN) {
        session = storage.acquire("tck", Floor.NONE, RegistryUnderTest.timeout());
      }
      RegistryState state =
          told == Outcome.UNKNOWN
              ? RegistryState.drain(session.snapshot())
              : RegistryUnderTest.read(storage);
      markers.last(state, "after a commit that was told " + told);
      boolean there = Markers.has(state, n);
      if (told != Outcome.UNKNOWN) {
        Assertions.assertEquals(
            told == Outcome.COMMITTED, there, "batch " + n + " was told " + told + "; it is there");
      }
      version += there ? 1 : 0;
      Assertions.assertEquals(version, state.version(), "the version after " + n + " attempts");
      RegistryUnderTest.read(storage).mustBe(state, "read again");
    }
  }

  static Outcome outcome(StorageSession session, int n, Duration timeout) throws StorageException {
    try {
      session.commit(new Markers(10).batch(n), timeout);
      return Outcome.COMMITTED;
    } catch (UnavailableException e) {
      return Outcome.NO_EFFECT;
    } catch (CommitUnknownException e) {
      return Outcome.UNKNOWN;
    }
  }

  private static void inTime(String what, Duration timeout, Refusals.Call call)
      throws StorageException {
    long began = System.nanoTime();
    try {
      call.make();
    } catch (UnavailableException allowed) {
      Assertions.assertNotNull(allowed.getMessage(), "an error says what was tried");
    }
    mustBeInTime(what, timeout, began);
  }

  static void mustBeInTime(String what, Duration timeout, long began) {
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Assertions.assertTrue(
        took.compareTo(timeout.plus(Deadline.scaled(GRACE))) < 0,
        () -> what + " took " + took + " with a timeout of " + timeout);
  }
}
