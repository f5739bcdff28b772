package io.registrar.failover;

import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import io.registrar.record.Registry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the agents once a master leads: those that a recovery has found and that do not come
 * back become unreachable, and records of agents long unreachable or gone are pruned.
 *
 * <p>The order is always the same: the registry first, then what is held here, then telling the
 * listener. Time is this leader's alone: it counts from the recovery on a clock that no one sets,
 * and only the age of old records is judged by the wall clock.
 *
 * <p>All methods may be called by any thread. It ends with its registrar, or when it is closed.
 */
public final class AgentFailover implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentFailover.class);
  private static final Duration TICK = Duration.ofMillis(50);

  private final Registrar registrar;
  private final FailoverOptions options;
  private final FailoverListener listener;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Pruning pruning;
  private final LongSupplier nanoTime;
  private final long start;

  private final CountDownLatch rollRead = new CountDownLatch(1);
  private final MissingAgents missing;
  private int unreachable;
  private boolean told;

  private AgentFailover(
      Registrar registrar,
      FailoverOptions options,
      FailoverListener listener,
      Clock clock,
      LongSupplier nanoTime) {
    this.registrar = registrar;
    this.options = options;
    this.listener = listener;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.missing = new MissingAgents(options);
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "registrar-failover");
              thread.setDaemon(true);
              return thread;
            });
    this.pruning =
        new Pruning(registrar, ids -> guarded(() -> listener.pruned(ids)), timer::execute);
  }

  /**
   * Begins to look after the agents of a registrar that was just recovered.
   *
   * @param clock tells the times that are written into records, and how old they are
   */
  public static AgentFailover start(
      Registrar registrar, FailoverOptions options, FailoverListener listener, Clock clock) {
    return start(registrar, options, listener, clock, System::nanoTime);
  }

  /** As above, with the time since the recovery told by something else than this machine. */
  static AgentFailover start(
      Registrar registrar,
      FailoverOptions options,
      FailoverListener listener,
      Clock clock,
      LongSupplier nanoTime) {
    AgentFailover failover = new AgentFailover(registrar, options, listener, clock, nanoTime);
    Registry recovered = registrar.registry();
    failover.timer.execute(() -> guarded(() -> failover.readRoll(recovered)));
    failover.repeat(failover::tick, TICK);
    failover.repeat(failover::prune, options.pruneInterval());
    registrar.terminated().thenRun(failover::close);
    return failover;
  }

  /** Of a large registry it takes longer than all else that a new leader has to do. */
  private void readRoll(Registry recovered) {
    try {
      List<String> found =
          recovered
              .all(Agent.TYPE)
              .filter(agent -> agent.state() == AgentState.REGISTERED)
              .map(Agent::id)
              .toList();
      synchronized (this) {
        missing.read(found);
      }
    } finally {
      rollRead.countDown();
    }
  }

  /**
   * Has the registry perform what an agent asks for that reports for duty, and takes note of it
   * first: it is not given up meanwhile, and once the registry has taken it back, it is not missing
   * any more. Does not block.
   *
   * @param id the agent's id
   * @param registration such as a {@link io.registrar.operation.RegisterAgent}
   * @return as {@link Registrar#apply} does; what depends on it comes after the note is taken
   */
  public <R> CompletableFuture<Outcome<R>> register(
      String id, Operation<R> registration, Principal principal) {
    synchronized (this) {
      missing.returning(id);
    }
    return registrar
        .apply(registration, principal)
        .whenComplete(
            (outcome, failure) -> {
              synchronized (this) {
                missing.answered(id);
                if (failure == null && !(outcome instanceof Outcome.Refused)) {
                  missing.returned(id);
                }
              }
            });
  }

  /** An agent was removed or declared gone: nobody waits for it any more. */
  public synchronized void settled(String id) {
    missing.settled(id);
  }

  /** How far it is. Waits, just after the start, until it is known who is to come back. */
  public FailoverStatus status() {
    try {
      rollRead.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return statusNow();
  }

  private synchronized FailoverStatus statusNow() {
    boolean stopped = missing.judge(sinceRecovery()) == MissingAgents.Verdict.TOO_MANY;
    return new FailoverStatus(
        missing.recovered(),
        missing.returned(),
        missing.missing(),
        missing.limited(),
        unreachable,
        stopped);
  }

  /** Looks after them no more. Idempotent. */
  @Override
  public void close() {
    timer.shutdown();
  }

  private void repeat(Runnable task, Duration pause) {
    timer.scheduleWithFixedDelay(
        () -> guarded(task), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Does something of the failover's own or of the listener's; a fault does not end the failover.
   */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error fault) {
      LOG.error("a fault while looking after agents; it goes on", fault);
    }
  }

  private void tick() {
    List<String> due;
    synchronized (this) {
      due = missing.due(sinceRecovery());
      if (!told && missing.judge(sinceRecovery()) == MissingAgents.Verdict.TOO_MANY) {
        told = true;
        int count = missing.missing();
        timer.execute(() -> guarded(() -> listener.tooManyMissing(count, missing.recovered())));
      }
    }
    due.forEach(this::mark);
  }

  private void mark(String id) {
    registrar
        .apply(new GiveUp(id, clock.instant(), () -> isToBeMarked(id)), Principal.MASTER)
        .whenCompleteAsync((outcome, failure) -> marked(id, outcome, failure), timer::execute);
  }

  private synchronized boolean isToBeMarked(String id) {
    return missing.isToBeMarked(id);
  }

  private void marked(String id, @Nullable Outcome<Agent> outcome, @Nullable Throwable failure) {
    synchronized (this) {
      if (failure != null) {
        LOG.warn("the agent {} could not be marked unreachable; it is tried again", id, failure);
        missing.failed(id);
        return;
      }
      if (outcome instanceof Outcome.Unchanged<Agent>) {
        missing.failed(id); // it was about to come back, and may have been refused since
        return;
      }
      missing.marked(id);
      if (outcome instanceof Outcome.Applied<Agent>) {
        unreachable++;
      }
    }
    if (outcome instanceof Outcome.Applied<Agent> applied) {
      guarded(() -> listener.unreachable(applied.result()));
    }
  }

  private void prune() {
    PruneChoice.of(registrar.registry(), options, clock.instant()).ifPresent(pruning::begin);
  }

  private Duration sinceRecovery() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }
}
