package io.registrar.example.master;

import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Refusal;
import io.registrar.Registrar;
import io.registrar.failover.AgentFailover;
import io.registrar.failover.FailoverListener;
import io.registrar.failover.FailoverOptions;
import io.registrar.failover.FailoverStatus;
import io.registrar.record.Agent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which agents have answered since this master leads: it tells the library's {@link AgentFailover}
 * what the registry has answered to them, and hears from it who was given up. A master with
 * frameworks would tell them here. Thread-safe.
 */
@Singleton
public final class RollCall implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);

  private final LongAdder refused = new LongAdder();
  private final LongAdder pruned = new LongAdder();
  private final CompletableFuture<Ending> tooManyMissing = new CompletableFuture<>();
  private volatile @Nullable AgentFailover failover;

  @Inject
  RollCall() {}

  /** Begins; to be called before any agent can register. */
  void begin(Registrar registrar, FailoverOptions options) {
    failover = AgentFailover.start(registrar, options, new Listener(), Clock.systemUTC());
  }

  /**
   * Has the registry perform what an agent asks for that reports for duty. Does not block.
   *
   * @throws IllegalStateException if this master has never led
   */
  public <R> CompletableFuture<Outcome<R>> register(
      String id, Operation<R> registration, Principal principal) {
    AgentFailover current = failover;
    if (current == null) {
      throw new IllegalStateException("no agent can register before this master leads");
    }
    return current
        .register(id, registration, principal)
        .whenComplete(
            (outcome, failure) -> {
              if (outcome instanceof Outcome.Refused<R> refusal
                  && refusal.cause() == Refusal.Cause.FORBIDDEN) {
                refused.increment();
              }
            });
  }

  /** What the registry has answered to a person who decided about an agent. Does not block. */
  public void decided(String id, Outcome<?> outcome) {
    AgentFailover current = failover;
    if (current != null && !(outcome instanceof Outcome.Refused<?>)) {
      current.settled(id);
    }
  }

  /** How far agents have come back, if this master leads or has led. */
  public Optional<FailoverStatus> status() {
    return Optional.ofNullable(failover).map(AgentFailover::status);
  }

  /** How many registrations were refused because the agent may not come. */
  public long refused() {
    return refused.sum();
  }

  /** How many records of agents long unreachable or gone were pruned. */
  public long pruned() {
    return pruned.sum();
  }

  /** Completes when more agents are missing than may be given up. */
  CompletableFuture<Ending> tooManyMissing() {
    return tooManyMissing;
  }

  /** Looks after the agents no more. Idempotent. */
  @Override
  public void close() {
    AgentFailover current = failover;
    if (current != null) {
      current.close();
    }
  }

  private final class Listener implements FailoverListener {
    @Override
    public void unreachable(Agent agent) {
      LOG.warn("the agent {} on {} did not come back: unreachable", agent.id(), agent.hostname());
    }

    @Override
    public void tooManyMissing(int missing, int recovered) {
      tooManyMissing.complete(
          new Ending(
              ExitCode.TOO_MANY_MISSING,
              missing
                  + " of "
                  + recovered
                  + " agents did not come back in time, more than --recovery_agent_removal_limit"
                  + " allows; none was marked: see whether they can reach this master"));
    }

    @Override
    public void pruned(List<String> ids) {
      pruned.add(ids.size());
      LOG.info("{} records of agents long unreachable or gone were pruned", ids.size());
    }
  }
}
