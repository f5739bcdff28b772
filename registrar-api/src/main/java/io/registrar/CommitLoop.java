package io.registrar;

import io.registrar.RegistrarObserver.Failure;
import io.registrar.record.Registry;
import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.LimitExceededException;
import io.registrar.spi.Limits;
import io.registrar.spi.Patience;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer: drives the session, one turn at a time. A turn takes all that waits, decides it in
 * order, commits what changed as one batch, publishes the new view, and has the callers told.
 *
 * <p>Turns are taken by the writer's own thread; by a caller's for its own operation alone, if
 * nothing else waits ({@link #performAtOnce}). Callers are told on another thread, in order, so
 * that nothing of theirs delays a commit.
 */
final class CommitLoop implements Runnable {
  /** Whose writer this is. Called by the thread whose turn it is. */
  interface Owner {
    /** There is a new state, durable. */
    void published(Registry registry);

    /** The writer ends; whatever is offered from now on must be refused. */
    void ending(Termination termination);

    /** The writer has told all that waited, and let go of the session. */
    void ended(Termination termination);
  }

  private static final Logger LOG = LoggerFactory.getLogger(CommitLoop.class);

  /** How much longer than its timeout a call may take before the storage is given up. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final StorageSession session;
  private final Limits limits;
  private final RegistrarOptions options;
  private final SubmissionQueue queue;
  private final Patience patience;
  private final RegistryHeader header;
  private final Header carried;
  private final Callers callers;
  private final Owner owner;

  // Held by whoever drives the session; guards what follows, but for what says otherwise.
  private final ReentrantLock turn = new ReentrantLock();

  // Taken from the queue, in order, and not yet decided for good.
  private final Deque<Submission.OfOperation<?>> backlog = new ArrayDeque<>();
  private final List<Submission.OfConfirmation> confirmations = new ArrayList<>();

  // The batch that is being made or answered, and whether the storage has been given it: for
  // whoever waits, if all breaks.
  private List<Submission.OfOperation<?>> inHand = List.of();
  private boolean sent;

  // The call that the storage has now; the fields above do not change while there is one.
  private volatile @Nullable Attempt attempt;
  private final Duration overdueAfter;

  // Guarded by this.
  private boolean over;

  private Registry registry;
  private AuditRing ring;
  private boolean oneByOne;
  private int company; // how many operations the latest batch had

  CommitLoop(
      Recovery.Recovered recovered,
      Limits limits,
      RegistrarOptions options,
      SubmissionQueue queue,
      Patience patience,
      Callers callers,
      Owner owner) {
    this.session = recovered.session();
    this.registry = recovered.registry();
    this.header = recovered.header();
    this.carried = recovered.carried();
    this.ring = AuditRing.of(registry.records(), options.auditLimits());
    this.limits = limits;
    this.options = options;
    this.queue = queue;
    this.patience = patience;
    this.overdueAfter = options.storeTimeout().plus(GRACE);
    this.callers = callers;
    this.owner = owner;
  }

  @Override
  public void run() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = queue.await() && takeTurn();
      }
      closed();
    } finally {
      session.close();
    }
  }

  /**
   * Performs an operation on the calling thread: its future is complete on return, or will be soon
   * if the registrar ends by it. Takes as long as the storage does.
   *
   * @return false, with nothing done, if something else waits, or the storage cannot be driven by a
   *     thread that may be interrupted
   */
  boolean performAtOnce(Submission.OfOperation<?> operation) {
    if (!session.ignoresInterrupts() || queue.size() > 0 || !turn.tryLock()) {
      return false;
    }
    try {
      if (isOver() || !isIdle()) {
        return false;
      }
      backlog.add(operation);
      callers.tellHere(); // nobody else has seen its future: nothing of theirs is run
      step();
      if (isOver()) {
        queue.close(); // the writer's thread ends
      }
      return true;
    } finally {
      callers.tellElsewhere();
      turn.unlock();
    }
  }

  /** Until nothing waits; false if the registrar has ended. */
  private boolean takeTurn() {
    turn.lock();
    try {
      while (!isOver()) { // looked at first: what is taken from the queue has to be told
        awaitCompany();
        sort(queue.drain());
        if (isIdle()) {
          return true;
        }
        step();
      }
      return false;
    } finally {
      turn.unlock();
    }
  }

  /**
   * The callers of one batch come back within moments of each other. If the first were taken alone,
   * the others would have to wait for a commit of one operation, and every round would cost two.
   */
  private void awaitCompany() {
    if (company > 1 && backlog.isEmpty()) {
      queue.awaitAtLeast(company, patience.moment());
    }
  }

  private void closed() {
    turn.lock();
    try {
      finish(
          new Termination(Termination.Reason.CLOSED, "it was closed", Optional.empty()), List.of());
    } finally {
      turn.unlock();
    }
  }

  private boolean isIdle() {
    return backlog.isEmpty() && confirmations.isEmpty();
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** One batch, or what confirms if there is none. */
  private void step() {
    try {
      Optional<Termination> end = backlog.isEmpty() ? confirm() : commit();
      end.ifPresent(termination -> finish(termination, List.of()));
    } catch (RuntimeException | Error fault) {
      LOG.error("the registrar ends because of a fault in it or in its storage", fault);
      if (sent) {
        SessionEnd end = SessionEnd.faultDuringCommit(fault);
        callers.failed(inHand, end.told(), end.failure());
        finish(end.termination(), List.of());
      } else {
        finish(SessionEnd.fault(fault), inHand);
      }
    } finally {
      inHand = List.of();
      sent = false;
    }
  }

  /**
   * Ends the registrar if the storage has not come back from a call for so long that it breaks its
   * own contract: those who wait must not wait for ever. Called by another thread.
   */
  void endIfOverdue() {
    Attempt stuck = attempt;
    if (stuck == null || stuck.age().compareTo(overdueAfter) < 0) {
      return;
    }
    synchronized (this) {
      if (attempt != stuck || over) {
        return;
      }
      SessionEnd end = stuck.overdue(overdueAfter, options.storeTimeout());
      LOG.error("{}; this registrar ends", end.termination().explanation());
      callers.failed(stuck.taken(), end.told(), end.failure());
      finish(end.termination(), List.of());
    }
  }

  /** Refuses what is new, tells all that waits, and lets the owner know. Once. */
  private synchronized void finish(
      Termination termination, List<? extends Submission> alsoUntouched) {
    if (over) {
      return;
    }
    over = true;
    RegistrarEndedException why = new RegistrarEndedException(termination);
    List<Submission> untouched = new ArrayList<>(alsoUntouched);
    untouched.addAll(confirmations);
    untouched.addAll(backlog);
    owner.ending(termination); // from here on nothing new is accepted
    untouched.addAll(queue.drain());
    callers.failed(untouched, why, Failure.ENDED);
    owner.ended(termination);
  }

  private void sort(List<Submission> waiting) {
    for (Submission submission : waiting) {
      if (submission instanceof Submission.OfOperation<?> operation) {
        backlog.add(operation);
      } else if (submission instanceof Submission.OfConfirmation confirmation) {
        confirmations.add(confirmation);
      }
    }
  }

  private Optional<Termination> confirm() {
    attempt = Attempt.toConfirm();
    try {
      session.confirm(options.storeTimeout());
      return whileWanted(this::confirmed);
    } catch (UnavailableException e) {
      return whileWanted(() -> unconfirmed(e));
    } catch (StorageException e) {
      return whileWanted(() -> Optional.of(end(takeConfirmations(), e)));
    }
  }

  private Optional<Termination> confirmed() {
    callers.confirmed(takeConfirmations());
    return Optional.empty();
  }

  private Optional<Termination> unconfirmed(UnavailableException e) {
    callers.failed(takeConfirmations(), unreachable(e), Failure.UNREACHABLE);
    return Optional.empty();
  }

  private List<Submission.OfConfirmation> takeConfirmations() {
    List<Submission.OfConfirmation> asked = List.copyOf(confirmations);
    confirmations.clear();
    return asked;
  }

  private Optional<Termination> commit() {
    PendingBatch pending = gather();
    List<Submission.OfOperation<?>> taken = pending.taken();
    if (pending.keys() == 0) {
      callers.answered(pending, registry.version(), Optional.empty());
      return Optional.empty();
    }
    Batch batch = pending.build(header.over(pending.records()).write(carried));
    Attempt mine = Attempt.toCommit(taken);
    attempt = mine;
    sent = true;
    try {
      long version = session.commit(batch, options.storeTimeout());
      return whileWanted(() -> committed(pending, version, mine));
    } catch (LimitExceededException e) {
      return whileWanted(() -> splitOrRefuse(taken, e));
    } catch (UnavailableException e) {
      return whileWanted(() -> stillLeads(taken, e));
    } catch (StorageException e) {
      return whileWanted(() -> Optional.of(end(taken, e)));
    }
  }

  /** Does what follows a call, unless those who waited for it have been sent away meanwhile. */
  private synchronized Optional<Termination> whileWanted(Supplier<Optional<Termination>> next) {
    attempt = null;
    if (over) {
      return Optional.of(
          new Termination(Termination.Reason.OUTCOME_UNKNOWN, "overdue", Optional.empty()));
    }
    return next.get();
  }

  private Optional<Termination> committed(PendingBatch pending, long version, Attempt made) {
    Duration took = made.age();
    patience.took(took.toNanos());
    registry = new Registry(version, session.epoch(), pending.records());
    ring = pending.ring();
    owner.published(registry);
    callers.answered(pending, version, Optional.of(took));
    callers.confirmed(takeConfirmations()); // a commit that counts says that this session leads
    return Optional.empty();
  }

  private Optional<Termination> stillLeads(
      List<Submission.OfOperation<?>> taken, UnavailableException e) {
    callers.failed(taken, unreachable(e), Failure.UNREACHABLE);
    return Optional.empty();
  }

  private PendingBatch gather() {
    PendingBatch pending = new PendingBatch(registry, ring, limits);
    inHand = pending.taken();
    while (!backlog.isEmpty() && !(oneByOne && !pending.taken().isEmpty())) {
      if (pending.offer(backlog.getFirst(), options.clock().instant()) == PendingBatch.Fit.FULL) {
        break;
      }
      backlog.removeFirst();
    }
    oneByOne = oneByOne && !backlog.isEmpty();
    company = pending.taken().size();
    return pending;
  }

  /**
   * A storage may find a batch too large that is within the limits it stated: find the one to
   * blame.
   */
  private Optional<Termination> splitOrRefuse(
      List<Submission.OfOperation<?>> taken, LimitExceededException limit) {
    if (taken.size() == 1) {
      taken.get(0).refuse(Refusal.Cause.LIMIT, String.valueOf(limit.getMessage()));
      callers.refused(taken.get(0), registry.version());
      return Optional.empty();
    }
    for (int i = taken.size() - 1; i >= 0; i--) {
      backlog.addFirst(taken.get(i));
    }
    oneByOne = true;
    return Optional.empty();
  }

  private Termination end(List<? extends Submission> inFlight, StorageException e) {
    SessionEnd end = SessionEnd.of(e);
    LOG.error("{}; this registrar ends", end.termination().explanation(), e);
    callers.failed(inFlight, end.told(), end.failure());
    return end.termination();
  }

  private static UnreachableException unreachable(UnavailableException e) {
    return new UnreachableException(
        "the registry's storage could not be reached, and nothing was changed: " + e.getMessage(),
        e);
  }
}
