package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/** A dialer for each member whose address is known. Thread-safe. */
final class Dialers {
  private final Switchboard board;
  private final Dialing dialing;
  private final ConnectionThreads threads;
  private final ScheduledExecutorService timer;
  private final Map<MemberId, Dialer> dialers = new HashMap<>();
  private boolean stopped;

  Dialers(
      Switchboard board,
      Dialing dialing,
      ConnectionThreads threads,
      ScheduledExecutorService timer) {
    this.board = board;
    this.dialing = dialing;
    this.threads = threads;
    this.timer = timer;
  }

  /** Begins to dial the members that have become known. */
  synchronized void dialKnown() {
    for (MemberId peer : board.book.all().keySet()) {
      if (!stopped && !peer.equals(board.options.self()) && !dialers.containsKey(peer)) {
        Dialer dialer = new Dialer(peer, board, dialing, threads, timer);
        dialers.put(peer, dialer);
        dialer.start();
      }
    }
  }

  synchronized Set<MemberId> peers() {
    return Set.copyOf(dialers.keySet());
  }

  /** Why this member was last not reached; empty if it was, or is not dialed. */
  synchronized Optional<String> failure(MemberId peer) {
    return Optional.ofNullable(dialers.get(peer)).flatMap(Dialer::failure);
  }

  /** Ends what was dialed, and dials no more. */
  void stop() {
    Set<Dialer> all;
    synchronized (this) {
      stopped = true;
      all = Set.copyOf(dialers.values());
    }
    all.forEach(Dialer::stop);
  }
}
