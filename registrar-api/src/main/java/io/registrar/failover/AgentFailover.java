package io.registrar.failover;

import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.operation.MarkAgentUnreachable;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
  private final long start = System.nanoTime();

  private final MissingAgents missing;
  private int unreachable;
  private boolean told;

  private AgentFailover(
      Registrar registrar, FailoverOptions options, FailoverListener listener, Clock clock) {
    this.registrar = registrar;
    this.options = options;
    this.listener = listener;
    this.clock = clock;
    Set<String> recovered =
        registrar
            .registry()
            .all(Agent.TYPE)
            .filter(agent -> agent.state() == AgentState.REGISTERED)
            .map(Agent::id)
            .collect(Collectors.toCollection(HashSet::new));
    this.missing = new MissingAgents(recovered, options);
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "registrar-failover");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to look after the agents of a registrar that was just recovered.
   *
   * @param clock tells the times that are written into records, and how old they are
   */
  public static AgentFailover start(
      Registrar registrar, FailoverOptions options, FailoverListener listener, Clock clock) {
    AgentFailover failover = new AgentFailover(registrar, options, listener, clock);
    failover.timer.scheduleWithFixedDelay(
        failover::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    long prune = options.pruneInterval().toNanos();
    failover.timer.scheduleWithFixedDelay(failover::prune, prune, prune, TimeUnit.NANOSECONDS);
    registrar.terminated().thenRun(failover::close);
    return failover;
  }

  /**
   * An agent has registered: it is not missing any more. Call it after the registry has said so.
   */
  public synchronized void returned(String id) {
    missing.returned(id);
  }

  /** An agent was removed or declared gone: nobody waits for it any more. */
  public synchronized void settled(String id) {
    missing.settled(id);
  }

  /** How far it is. */
  public synchronized FailoverStatus status() {
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

  private void tick() {
    List<String> due;
    synchronized (this) {
      due = missing.due(sinceRecovery());
      if (!told && missing.judge(sinceRecovery()) == MissingAgents.Verdict.TOO_MANY) {
        told = true;
        int count = missing.missing();
        timer.execute(() -> listener.tooManyMissing(count, missing.recovered()));
      }
    }
    due.forEach(this::mark);
  }

  private void mark(String id) {
    Operation<Agent> operation = new MarkAgentUnreachable(id, clock.instant());
    registrar
        .apply(operation, Principal.MASTER)
        .whenCompleteAsync((outcome, failure) -> marked(id, outcome, failure), timer::execute);
  }

  private void marked(String id, @Nullable Outcome<Agent> outcome, @Nullable Throwable failure) {
    synchronized (this) {
      if (failure != null) {
        LOG.warn("the agent {} could not be marked unreachable; it is tried again", id, failure);
        missing.failed(id);
        return;
      }
      missing.marked(id);
      if (outcome instanceof Outcome.Applied<Agent>) {
        unreachable++;
      }
    }
    if (outcome instanceof Outcome.Applied<Agent> applied) {
      listener.unreachable(applied.result());
    }
  }

  private void prune() {
    PruneChoice.of(registrar.registry(), options, clock.instant())
        .ifPresent(
            choice ->
                registrar
                    .apply(choice, Principal.MASTER)
                    .whenCompleteAsync(
                        (outcome, failure) -> {
                          if (outcome instanceof Outcome.Applied<List<String>> applied) {
                            listener.pruned(applied.result());
                          } else if (failure != null) {
                            LOG.warn("old agents could not be pruned; it is tried again", failure);
                          }
                        },
                        timer::execute));
  }

  private Duration sinceRecovery() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
