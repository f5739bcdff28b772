package io.registrar;

import io.registrar.RegistrarObserver.Failure;
import io.registrar.record.MasterInfo;
import io.registrar.record.Registry;
import io.registrar.spi.Patience;
import io.registrar.spi.Storage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The keeper of a cluster master's official records: the place to start.
 *
 * <p>A master that is to lead opens a {@link Storage} and calls {@link #recover}: that fences every
 * earlier leader, reads and verifies all records, and gives a registrar. From then on {@link
 * #registry} is the state, and {@link #apply} changes it by an {@link Operation}, such as {@code
 * AdmitAgent} or a lambda over {@link RegistryEdit}. Each answer is an {@link Outcome}, given when
 * it is durable.
 *
 * <pre>{@code
 * RegistrarOptions options = RegistrarOptions.leading(me).build();
 * try (Registrar registrar = Registrar.recover(storage, options)) {
 *   registrar.terminated().thenAccept(end -> stopTheMaster(end));
 *   Outcome<Agent> outcome = registrar.apply(new AdmitAgent(id, info), principal).get();
 * }
 * }</pre>
 *
 * <p><b>It fails fast.</b> When another leader has taken over, or the outcome of a commit cannot be
 * known, the registrar ends for good: everything that waits is told which of the two, {@link
 * #terminated} completes, and the master should stop itself and start anew.
 *
 * <p>Operations wait in a bounded queue while a commit is in flight; all that wait go into the next
 * commit (group commit), cut only where the storage's limits demand it. A commit carries the
 * records that changed, so its cost does not grow with the registry.
 *
 * <p>All methods may be called by any thread. What is chained to a future that is given out here
 * runs, unless it is chained with a method in {@code ...Async}, on a thread of the registrar that
 * tells all callers: it must not block.
 */
public final class Registrar implements AutoCloseable {
  private static final long SESSION_CLOSES_WITHIN_MILLIS = 10_000;

  private final RegistrarOptions options;
  private final SubmissionQueue queue;
  private final Patience patience = new Patience();
  private final Thread writer;
  private final ExecutorService outcomes;
  private final CommitLoop loop;
  private final ScheduledExecutorService timer;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final WitnessKeeper witness;
  private final CompletableFuture<Termination> terminated = new CompletableFuture<>();

  private volatile Registry registry;
  private volatile @Nullable Termination termination;

  private Registrar(Recovery.Recovered recovered, Storage storage, RegistrarOptions options)
      throws RecoveryException {
    this.options = options;
    registry = recovered.registry();
    queue = new SubmissionQueue(options.queueCapacity());
    timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "registrar-timer"));
    witness = WitnessKeeper.start(recovered, storage, options, timer);
    outcomes = Executors.newSingleThreadExecutor(task -> daemon(task, "registrar-outcomes"));
    loop =
        new CommitLoop(
            recovered,
            storage.limits(),
            options,
            queue,
            patience,
            new Callers(outcomes, options.observer()),
            new View());
    writer = daemon(loop, "registrar-writer");
    writer.start();
    timer.scheduleWithFixedDelay(loop::endIfOverdue, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Takes over the registry in this storage, or founds one in an empty storage, and leads it. The
   * first commit, which says who leads, is durable on return.
   *
   * <p>Blocks for at most the fetch timeout, as long as the records keep coming, and the store
   * timeout. The storage stays open when the registrar ends or is closed; whoever opened it closes
   * it.
   *
   * @throws RecoveryException if the registry may not be led (another machine's, set back, damaged,
   *     of a newer program, not active), or could not be reached; the message says what to do
   */
  public static Registrar recover(Storage storage, RegistrarOptions options)
      throws RecoveryException {
    return lead(storage, options, Optional.empty());
  }

  /**
   * As {@link #recover(Storage, RegistrarOptions)}, with a copy that this process has kept warm
   * while it stood by: if it is the registry, which its digest tells, nothing more is read. The
   * copy is closed.
   */
  public static Registrar recover(Storage storage, RegistrarOptions options, WarmRegistry warm)
      throws RecoveryException {
    try (warm) {
      return lead(storage, options, Optional.of(warm));
    }
  }

  private static Registrar lead(
      Storage storage, RegistrarOptions options, Optional<WarmRegistry> warm)
      throws RecoveryException {
    Recovery.Recovered recovered = Recovery.run(storage, options, warm);
    try {
      return new Registrar(recovered, storage, options);
    } catch (RecoveryException | RuntimeException | Error e) {
      recovered.session().close();
      throw e;
    }
  }

  /**
   * Has an operation performed, and answers what became of it once that is durable.
   *
   * <p>Does not block. The future always completes: with an {@link Outcome}; or exceptionally with
   * {@link BusyException}, {@link UnreachableException} or {@link RegistrarEndedException}, each of
   * which means that nothing was changed; or with {@link OutcomeUnknownException}; or with whatever
   * unchecked exception the operation itself threw, in which case nothing was changed either.
   * Cancelling it has no effect on the operation.
   *
   * @param operation what to do
   * @param principal who asks for it
   */
  public <R> CompletableFuture<Outcome<R>> apply(Operation<R> operation, Principal principal) {
    Submission.OfOperation<R> submission =
        new Submission.OfOperation<>(operation, principal, patience);
    submit(submission);
    return submission.promise();
  }

  /**
   * As {@link #apply}, for a caller that waits for the outcome anyway: blocks until it is durable.
   *
   * <p>If nothing else waits, and the storage allows it ({@link
   * io.registrar.spi.StorageSession#ignoresInterrupts}), the calling thread itself performs the
   * operation and writes the commit, which spares it two changes of thread: about a quarter of what
   * a sync to a fast disk takes. It then takes as long as the disk does, and is not interrupted.
   *
   * @throws RegistrarException as the future of {@link #apply} completes
   * @throws InterruptedException if interrupted before or while it waits; the operation may still
   *     be performed
   */
  public <R> Outcome<R> applyAndWait(Operation<R> operation, Principal principal)
      throws RegistrarException, InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("interrupted before the operation was submitted");
    }
    Submission.OfOperation<R> submission =
        new Submission.OfOperation<>(operation, principal, patience);
    if (!loop.performAtOnce(submission)) {
      submit(submission);
    }
    try {
      return submission.promise().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RegistrarException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * The state after the latest commit. Does not block; another leader may have taken over since.
   */
  public Registry registry() {
    return registry;
  }

  /** The master that this registrar leads for. */
  public MasterInfo master() {
    return options.master();
  }

  /**
   * Returns if this registrar was still the leader at some moment during the call, so that {@link
   * #registry}, read after it, is no older than the call.
   *
   * @param timeout how long to wait; the storage's own limit is the store timeout
   * @throws UnreachableException if that could not be found out in time
   * @throws RegistrarEndedException if another leads, or the registrar has ended for another reason
   */
  public void confirmLeadership(Duration timeout) throws RegistrarException, InterruptedException {
    Submission.OfConfirmation confirmation = new Submission.OfConfirmation();
    submit(confirmation);
    try {
      confirmation.promise().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new UnreachableException(
          "whether this registrar still leads could not be found out within " + timeout, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RegistrarException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Completes, with the reason, when the registrar has ended; never exceptionally. */
  public CompletableFuture<Termination> terminated() {
    return terminated.copy();
  }

  /** How many operations wait for a commit now. */
  public int queued() {
    return queue.size();
  }

  /**
   * Ends the registrar: what was submitted before is still committed and answered, what comes after
   * is refused. Blocks until that is done, for at most the store timeout a batch. Idempotent.
   */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        writer.join(SESSION_CLOSES_WITHIN_MILLIS);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void submit(Submission submission) {
    Termination over = termination;
    if (over != null) {
      refuse(submission, over);
    } else if (!queue.offer(submission)) {
      options.observer().failed(Failure.BUSY, submission.operations());
      submission.fail(
          new BusyException(
              "the registrar's queue is full with " + options.queueCapacity() + " operations",
              null));
    } else {
      over = termination;
      if (over != null) { // it ended meanwhile, and may have looked at the queue for the last time
        for (Submission late : queue.drain()) {
          refuse(late, over);
        }
      }
    }
  }

  private void refuse(Submission submission, Termination over) {
    options.observer().failed(Failure.ENDED, submission.operations());
    submission.fail(new RegistrarEndedException(over));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private final class View implements CommitLoop.Owner {
    @Override
    public void published(Registry now) {
      registry = now;
      witness.saw(now);
    }

    @Override
    public void ending(Termination why) {
      termination = why;
    }

    @Override
    public void ended(Termination why) {
      timer.shutdown();
      witness.flush();
      outcomes.execute(() -> terminated.complete(why));
      outcomes.shutdown();
      ended.countDown();
    }
  }
}
