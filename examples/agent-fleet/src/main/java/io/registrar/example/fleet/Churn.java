package io.registrar.example.fleet;

import io.registrar.example.fleet.Ledger.Account;
import io.registrar.example.fleet.Status.Presence;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Decides what becomes of the agents: which change next, and how. Not thread-safe. */
final class Churn {
  private final SplittableRandom random;
  private final int agents;
  private final Map<Integer, Status> planned = new HashMap<>();
  private int left;

  /**
   * @param changes how many changes there will be
   */
  Churn(long seed, int agents, int changes) {
    this.random = new SplittableRandom(seed);
    this.agents = agents;
    this.left = changes;
  }

  boolean isOver() {
    return left == 0;
  }

  /** An agent that is to change now, marked as busy; empty if there is none. */
  Optional<Integer> next(Set<Integer> busy, Ledger ledger) {
    if (left == 0 || busy.size() >= agents) {
      return Optional.empty();
    }
    int agent = random.nextInt(agents);
    while (!busy.add(agent)) {
      agent = (agent + 1) % agents;
    }
    left--;
    planned.put(agent, change(ledger.account(agent).possible().get(0)));
    return Optional.of(agent);
  }

  /**
   * What an agent asks for: what it asked for before, if that was not answered; else what is
   * planned for it; else to be registered as it is.
   */
  Status target(int agent, Account account) {
    if (!account.isCertain()) {
      return account.asked();
    }
    Status now = account.possible().get(0);
    Status plan = planned.remove(agent);
    return plan != null ? plan : new Status(Presence.REGISTERED, now.generation());
  }

  private Status change(Status now) {
    if (now.presence() != Presence.REGISTERED) {
      return new Status(Presence.REGISTERED, now.generation() + 1);
    }
    int dice = random.nextInt(10);
    if (dice < 6) {
      return new Status(Presence.REGISTERED, now.generation() + 1);
    }
    return new Status(dice < 8 ? Presence.ABSENT : Presence.UNREACHABLE, now.generation());
  }
}
