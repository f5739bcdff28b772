package io.registrar;

import io.registrar.RegistrarObserver.BatchReport;
import io.registrar.RegistrarObserver.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Those who wait for the writer, and the observer that counts them. They are told in order and on
 * another thread, so that nothing of theirs delays a commit; but see {@link #tellHere}. Called by
 * the thread whose turn it is, or by the one that gives up an overdue storage.
 */
final class Callers {
  private final Executor elsewhere;
  private final RegistrarObserver observer;

  // Written by the thread whose turn it is.
  private volatile Executor telling;

  Callers(Executor elsewhere, RegistrarObserver observer) {
    this.elsewhere = elsewhere;
    this.telling = elsewhere;
    this.observer = observer;
  }

  /** From now on the outcomes of operations are told at once: the only caller is this thread. */
  void tellHere() {
    telling = Runnable::run;
  }

  /** From now on the outcomes of operations are told on the callers' thread again. */
  void tellElsewhere() {
    telling = elsewhere;
  }

  /** The batch stands at this version. */
  void answered(PendingBatch pending, long version, Optional<Duration> store) {
    List<Submission.OfOperation<?>> taken = pending.taken();
    List<Runnable> tellings = new ArrayList<>(taken.size());
    taken.forEach(operation -> tellings.add(operation.settle(version)));
    telling.execute(() -> tellings.forEach(Runnable::run));
    observer.answered(
        new BatchReport(
            taken.size(),
            pending.unchanged(),
            pending.refused(),
            pending.keys(),
            pending.countedBytes(),
            store));
  }

  /** This operation is refused, by what its verdict says, at this version. */
  void refused(Submission.OfOperation<?> operation, long version) {
    telling.execute(operation.settle(version));
  }

  /** This registrar was the latest at some moment after these had asked. */
  void confirmed(List<Submission.OfConfirmation> asked) {
    if (!asked.isEmpty()) {
      elsewhere.execute(() -> asked.forEach(Submission.OfConfirmation::confirmed));
    }
  }

  /** These have failed, and why. */
  void failed(List<? extends Submission> failed, RegistrarException why, Failure failure) {
    List<? extends Submission> told = List.copyOf(failed);
    elsewhere.execute(() -> told.forEach(submission -> submission.fail(why)));
    int operations = told.stream().mapToInt(Submission::operations).sum();
    if (operations > 0) {
      observer.failed(failure, operations);
    }
  }
}
