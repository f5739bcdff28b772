package io.registrar.example.fleet;

import io.registrar.example.fleet.Ledger.Account;
import io.registrar.example.fleet.MasterClient.Answer;
import io.registrar.example.fleet.Status.Presence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The agents of a fleet at work: a bounded number of requests in flight, at most one an agent.
 * While the master is away nothing is sent; when it is back, in a new epoch, every agent that was
 * registered registers again.
 *
 * <p>Invariants: 1. what is sent is in the journal before; 2. an agent whose last answer did not
 * come repeats that request, and no other, until it is answered, so that a request that arrives
 * late changes nothing; 3. an agent is in the queue or in flight at most once.
 *
 * <p>Thread-safe: one lock guards all state, and no answer is waited for under it.
 */
final class Fleet {
  private final FleetPlan plan;
  private final MasterClient master;
  private final Journal journal;
  private final Ledger ledger;
  private final Churn churn;
  private final Tally tally = new Tally();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final Deque<Integer> queue = new ArrayDeque<>();
  private final Set<Integer> busy = new HashSet<>();
  private int inFlight;
  private boolean away;

  Fleet(FleetPlan plan, MasterClient master, Journal journal, Ledger ledger, Churn churn) {
    this.plan = plan;
    this.master = master;
    this.journal = journal;
    this.ledger = ledger;
    this.churn = churn;
    for (int agent = 0; agent < plan.agents(); agent++) {
      queue.add(agent);
      busy.add(agent);
    }
  }

  /** What has happened so far. */
  Tally tally() {
    return tally;
  }

  /**
   * Completes when nothing is left to do, for the first time; exceptionally if the journal cannot
   * be written.
   */
  CompletableFuture<Void> settled() {
    return settled;
  }

  /** Whether nothing waits and nothing is in flight. */
  synchronized boolean isIdle() {
    return queue.isEmpty() && inFlight == 0 && churn.isOver();
  }

  /** Whether the fleet waits for the master to come back. */
  synchronized boolean isAway() {
    return away;
  }

  /** Waits until the fleet has nothing to do, or has lost the master, or this time has passed. */
  synchronized void awaitNews(long millis) throws InterruptedException {
    wait(millis);
  }

  /** The master is there, and leads in the epoch that it led in before. */
  synchronized void masterIsBack() {
    away = false;
    pump();
  }

  /** The master has restarted: whoever was registered registers again. */
  synchronized void masterRestarted() {
    tally.restarts++;
    for (int agent = 0; agent < plan.agents(); agent++) {
      if (ledger.account(agent).asked().presence() == Presence.REGISTERED && busy.add(agent)) {
        queue.add(agent);
      }
    }
    masterIsBack();
  }

  /** Sends as much as may be in flight. */
  private void pump() {
    while (!away && inFlight < plan.concurrency()) {
      Optional<Integer> next = Optional.ofNullable(queue.poll()).or(this::churned);
      if (next.isEmpty()) {
        break;
      }
      send(next.get());
    }
    tally.inFlight = inFlight;
    if (isIdle()) {
      settled.complete(null);
      notifyAll();
    }
  }

  private Optional<Integer> churned() {
    return churn.next(busy, ledger);
  }

  private void send(int agent) {
    Account account = ledger.account(agent);
    Status target = churn.target(agent, account);
    boolean certain = account.isCertain();
    Status before = account.possible().get(0);
    try {
      journal.sent(agent, target);
    } catch (IOException e) {
      settled.completeExceptionally(e);
      away = true;
      return;
    }
    account.sent(target);
    inFlight++;
    master
        .ask(agent, target)
        .thenAccept(answer -> answered(agent, new Expectation(certain, before, target), answer));
  }

  private synchronized void answered(int agent, Expectation expected, Answer answer) {
    inFlight--;
    try {
      switch (expected.judge(answer)) {
        case DONE -> {
          ledger.account(agent).acknowledged();
          journal.acknowledged(agent);
          tally.acknowledged++;
          busy.remove(agent);
        }
        case NO_EFFECT -> {
          ledger.account(agent).failed();
          journal.failed(agent);
          again(agent);
        }
        case UNKNOWN -> {
          tally.unknown++;
          again(agent);
        }
        case BROKEN_WORD -> {
          tally.broken(
              "the master answered "
                  + answer
                  + " to agent "
                  + agent
                  + ", which it knew as "
                  + expected.before()
                  + " and was asked to make "
                  + expected.target());
          busy.remove(agent);
        }
      }
    } catch (IOException e) {
      settled.completeExceptionally(new UncheckedIOException(e));
      away = true;
    }
    pump();
  }

  private void again(int agent) {
    away = true;
    queue.addFirst(agent);
    notifyAll();
  }
}
