package io.registrar.example.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What may be true of each agent, from what was sent and what was answered. An answer that did not
 * come leaves two truths possible: the one before, and the one that was asked for.
 *
 * <p>Not thread-safe.
 */
final class Ledger {
  private final Map<Integer, Account> accounts = new TreeMap<>();

  /** The account of an agent, opened if there was none. */
  Account account(int agent) {
    return accounts.computeIfAbsent(agent, number -> new Account());
  }

  /** Whether anything was ever sent for this agent. */
  boolean knows(int agent) {
    return accounts.containsKey(agent);
  }

  int size() {
    return accounts.size();
  }

  void forEach(BiConsumer<Integer, Account> reader) {
    accounts.forEach(reader);
  }

  /** What may be true of one agent. */
  static final class Account {
    private List<Status> possible = List.of(Status.NEVER_SEEN);
    private List<Status> before = possible;
    private Status asked = Status.NEVER_SEEN;

    /** A request is about to be sent that is to bring the agent here. */
    void sent(Status target) {
      before = possible;
      asked = target;
      mayBecome(target);
    }

    /** The agent may be here as well by now. */
    void mayBecome(Status target) {
      if (!possible.contains(target)) {
        List<Status> more = new ArrayList<>(possible);
        more.add(target);
        possible = List.copyOf(more);
      }
    }

    /** The master said that the last request is done, and durable. */
    void acknowledged() {
      possible = List.of(asked);
    }

    /** The last request certainly had no effect. */
    void failed() {
      possible = before;
    }

    List<Status> possible() {
      return possible;
    }

    /** What was asked for last. */
    Status asked() {
      return asked;
    }

    boolean isCertain() {
      return possible.size() == 1;
    }
  }
}
