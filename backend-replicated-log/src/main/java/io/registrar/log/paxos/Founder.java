package io.registrar.log.paxos;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Begins an ensemble where there is none (auto-initialisation).
 *
 * <ol>
 *   <li>The member with the lowest id alone proposes founding records, each under a higher attempt
 *       than any that it has been told of; a record names every member with its incarnation.
 *   <li>A member without a log holds a record, synced, before it says so, and never goes back to a
 *       lower attempt, unless a member that votes shows that it has begun, and the record that is
 *       left never will: it names that voter, or its founder has joined another ensemble.
 *   <li>Votes begin once somebody has seen that all hold the same record; so at most one record has
 *       ever been held by all, and every later one is refused by a voter.
 *   <li>Whoever has lost a log founds nothing.
 *   <li>The founder listens for a gossip period first; and nobody proposes or holds a record who
 *       was shown another log by a member lately. A place may be answered for by two processes, one
 *       of them empty: whoever has forgotten an ensemble must hear of it from the other. A record
 *       that named this replica, and that it has left for a later one, is not forgotten.
 * </ol>
 */
final class Founder {
  private static final long MOST_ATTEMPTS = Long.MAX_VALUE / 2;

  private record Seen(Incarnation incarnation, long attempt) {}

  private final Node node;
  private final Acceptor acceptor;
  private final SortedMap<MemberId, Seen> seen = new TreeMap<>();
  private final SortedMap<MemberId, EnsembleId> holders = new TreeMap<>();
  private @Nullable Founding held;
  private @Nullable Founding begun;
  private boolean contested;
  private boolean deserted;
  private long freeFrom;
  private long again;

  Founder(Node node, Acceptor acceptor) {
    this.node = node;
    this.acceptor = acceptor;
    // A replica that is alone has nobody to listen to.
    this.again = node.config.members().size() == 1 ? 0 : node.timing().retry();
  }

  void restore(Optional<Founding> wasHeld, Optional<Founding> wasBegun) {
    held = wasHeld.orElse(null);
    begun = wasBegun.orElse(null);
  }

  Optional<Founding> held() {
    return Optional.ofNullable(held);
  }

  Optional<Founding> begun() {
    return Optional.ofNullable(begun);
  }

  long attempt() {
    return held == null ? 0 : held.attempt();
  }

  private boolean mayBeFounded() {
    return node.now() >= freeFrom && (node.phase() == Phase.EMPTY || node.phase() == Phase.HOLDING);
  }

  private boolean proposes() {
    return mayBeFounded() && node.config.members().first().equals(node.config.self());
  }

  void onStatus(Message.Status m, Envelope e) {
    boolean empty = m.phase() == Phase.EMPTY || m.phase() == Phase.HOLDING;
    if (empty) {
      see(e.from(), m.attempt());
    }
    boolean another = m.membership().filter(it -> !hasLeft(it)).isPresent() && !isOfHeld(e);
    if (another && isMember(e.from())) {
      freeFrom = node.now() + node.timing().silence();
    }
    deserted = deserted || m.phase() == Phase.LEARNING && isFounderOfHeld(e.from()) && !isOfHeld(e);
    Founding record = begun;
    if (empty && record != null && record.membership().names(e.from())) {
      node.send(e.from(), new Message.Begin(record));
    }
  }

  /**
   * A founding record that names this very replica is none that it has forgotten: it holds another
   * one by now, and neither votes under the first nor will, unless somebody shows that it has
   * begun. Whether the later one may begin is for those who hold it to say, as ever.
   */
  private boolean hasLeft(Membership membership) {
    return held != null && membership.since().equals(Position.ZERO) && membership.names(node.self);
  }

  /** Whether the place of a member has shown itself to be empty under another incarnation. */
  boolean sawEmptyBeside(Member member) {
    Seen shown = seen.get(member.id());
    return shown != null && !shown.incarnation().equals(member.incarnation());
  }

  private boolean isOfHeld(Envelope e) {
    return held().map(Founding::ensemble).equals(e.ensemble());
  }

  /** Whether it alone can be the first to begin the record that is held here. */
  private boolean isFounderOfHeld(Member member) {
    return held().map(Founding::founder).equals(Optional.of(member));
  }

  private boolean isMember(Member member) {
    return node.config.members().contains(member.id());
  }

  private void see(Member member, long attempt) {
    if (isMember(member) && attempt < MOST_ATTEMPTS) {
      seen.put(member.id(), new Seen(member.incarnation(), attempt));
    }
  }

  void onFound(Message.Found m, Envelope e) {
    Founding offered = m.founding();
    boolean inOrder =
        offered.membership().names(node.self)
            && offered.membership().names(e.from())
            && offered.membership().voters().keySet().equals(node.config.members())
            && e.from().id().equals(node.config.members().first());
    if (mayBeFounded() && inOrder) {
      if (offered.attempt() > attempt()) {
        hold(offered);
      }
      Founding now = held;
      if (now != null) {
        node.send(e.from(), new Message.Holding(now.ensemble(), now.attempt()));
      }
    }
  }

  private void hold(Founding founding) {
    held = founding;
    deserted = false;
    node.enter(Phase.HOLDING);
    node.journal.write(new DurableRecord.Held(founding));
  }

  void onHolding(Message.Holding m, Envelope e) {
    Founding mine = held;
    if (!proposes() || mine == null) {
      return;
    }
    see(e.from(), m.attempt());
    boolean same = mine.ensemble().equals(m.ensemble()) && mine.attempt() == m.attempt();
    // The founder before this incarnation had come as far: nobody leaves one record for its equal.
    contested = contested || !same && mine.attempt() == m.attempt();
    if (same && mine.membership().names(e.from())) {
      holders.put(e.from().id(), m.ensemble());
    }
  }

  /** A voter shows that a record has begun. */
  void onBegin(Message.Begin m, Envelope e) {
    Founding mine = held;
    Founding shown = m.founding();
    if (node.phase() != Phase.HOLDING || mine == null || !shown.membership().names(node.self)) {
      return;
    }
    if (shown.attempt() > mine.attempt()) {
      // It began because this very incarnation held it, too, and nobody goes back by itself.
      node.startAnew(Delivery.StartAnew.Cause.SET_BACK);
      return;
    }
    boolean comesToNothing = deserted || mine.membership().names(e.from());
    boolean goesBack = shown.attempt() < mine.attempt() && comesToNothing;
    if (shown.equals(mine) || goesBack) {
      begin(shown);
    }
  }

  /** Somebody has been met who votes, or has voted, in the ensemble that is held here. */
  void beginHeld() {
    held().ifPresent(this::begin);
  }

  private void begin(Founding founding) {
    begun = founding;
    held = null;
    node.journal.write(new DurableRecord.Begun(founding));
    node.belongTo(founding.ensemble());
    Footing footing = Footing.of(founding);
    node.log.standOn(footing, new Ledger(founding.base()), Position.ZERO, Optional.empty());
    acceptor.found();
  }

  /** Proposes a record, asks again who holds it, and begins it when all do. */
  void progress() {
    if (!proposes()) {
      return;
    }
    see(node.self, attempt());
    Founding mine = held;
    if (mine != null) {
      holders.put(node.config.self(), mine.ensemble());
    }
    if (mine != null && fits(mine) && holders.keySet().containsAll(node.config.members())) {
      begin(mine);
      announce(new Message.Begin(mine));
    } else if (node.now() >= again && seen.keySet().containsAll(node.config.members())) {
      again = node.now() + node.timing().retry();
      announce(new Message.Found(mine != null && fits(mine) ? mine : renew()));
    }
  }

  private Founding renew() {
    Founding next = draw();
    hold(next);
    holders.clear();
    contested = false;
    return next;
  }

  /** Whether a record still names everybody as they are, and nobody holds a later or equal one. */
  private boolean fits(Founding founding) {
    if (contested) {
      return false;
    }
    for (Map.Entry<MemberId, Seen> member : seen.entrySet()) {
      Member named = new Member(member.getKey(), member.getValue().incarnation());
      boolean later = member.getValue().attempt() > founding.attempt();
      if (later || !founding.membership().names(named)) {
        return false;
      }
    }
    return true;
  }

  private Founding draw() {
    long attempt = seen.values().stream().mapToLong(Seen::attempt).max().orElse(0) + 1;
    EnsembleId ensemble = new EnsembleId(node.entropy.nextLong(), node.entropy.nextLong());
    SortedMap<MemberId, Incarnation> voters = new TreeMap<>();
    seen.forEach((id, member) -> voters.put(id, member.incarnation()));
    return new Founding(ensemble, attempt, new Membership(Position.ZERO, voters));
  }

  private void announce(Message message) {
    node.peers().forEach(peer -> node.send(peer, message));
  }
}
