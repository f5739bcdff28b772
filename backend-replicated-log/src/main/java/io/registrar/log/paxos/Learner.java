package io.registrar.log.paxos;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns what is chosen: from notices about what was accepted here, and in bulk from a peer that
 * has learned more (Paxos Made Live, section 5.1: catch-up and snapshots).
 *
 * <ol>
 *   <li>Entries are taken only from the peer that was asked, from the position asked for on.
 *   <li>One question is open at a time; a peer that does not answer is passed over until it shows
 *       itself again.
 *   <li>A snapshot takes the place of the log only when all of it is written; the record that says
 *       so is synced before anything older may be deleted.
 *   <li>A snapshot takes the place of a log, or of another snapshot, only when the application has
 *       been told to read that one: it may not find in the store what it was told of otherwise.
 * </ol>
 */
final class Learner {
  private record Question(MemberId to, Position from, long until) {}

  /** Ticks: the coordinator tells with its next one at the latest. */
  private static final int TOLD_WITHIN = 2;

  private final Node node;
  private final Map<MemberId, Position> ahead = new TreeMap<>();
  private @Nullable Question open;
  private Position awaited = Position.ZERO;
  private long toldToRead;
  private long awaitedUntil;
  private @Nullable Staging staging;

  Learner(Node node) {
    this.node = node;
  }

  /** The application is told of the restored log with the first batch. */
  void restore(@Nullable Staging unfinished) {
    staging = unfinished;
    toldToRead = node.journal.sequence() + 1;
  }

  /** The footing of a snapshot that is being fetched. */
  Optional<Footing> staged() {
    return Optional.ofNullable(staging).map(Staging::footing);
  }

  /** A peer shows how far it has learned. */
  void hint(MemberId peer, Position chosen) {
    boolean useful = !node.log.exists() || chosen.isAfter(node.log.chosen());
    if (useful && node.peers().contains(peer)) {
      ahead.merge(peer, chosen, Position::max);
    }
  }

  /** Whether somebody is known to have learned more. */
  boolean isBehind() {
    return ahead.values().stream().anyMatch(chosen -> chosen.isAfter(node.log.chosen()));
  }

  void onHeartbeat(Message.Heartbeat m, Envelope e) {
    boolean member = node.log.exists() && node.log.membership().names(e.from());
    if (member && m.ballot().proposer().equals(e.from())) {
      m.tag().ifPresent(tag -> node.log.learnTagged(m.chosen(), tag));
    }
    hint(e.from().id(), m.chosen());
  }

  void onEntries(Message.Entries m, Envelope e) {
    Question asked = open;
    if (asked == null || !asked.to.equals(e.from().id()) || !asked.from.equals(m.from())) {
      return;
    }
    open = null;
    Position at = m.from();
    for (Entry entry : m.entries()) {
      take(at, entry);
      at = at.next();
    }
    if (m.entries().isEmpty()) {
      ahead.remove(e.from().id());
    }
    hint(e.from().id(), m.chosen());
  }

  private void take(Position at, Entry entry) {
    if (node.log.exists() && at.equals(node.log.next())) {
      node.log.learn(entry);
    } else if (staging != null && !staging.isComplete() && at.equals(staging.next())) {
      node.journal.write(new DurableRecord.Staged(at, entry));
      node.log.noteStaged(staging.add(entry));
      endStaging(staging);
    }
  }

  /** Installs a snapshot when it is whole; drops one that turns out not to be what it said. */
  private void endStaging(Staging now) {
    if (now.isComplete() && node.journal.synced(toldToRead)) {
      staging = null;
      if (now.isWhole()) {
        node.journal.write(new DurableRecord.Installed(now.footing()));
        toldToRead = node.journal.mark();
        node.log.standOn(now.footing(), now.ledger(), now.next().previous(), now.tag());
      }
    }
  }

  void onStandsOn(Message.StandsOn m, Envelope e) {
    Question asked = open;
    if (asked == null || !asked.to.equals(e.from().id())) {
      return;
    }
    open = null;
    hint(e.from().id(), m.chosen());
    Footing footing = m.footing();
    boolean ours = node.ensemble().filter(id -> id.equals(footing.base().ensemble())).isPresent();
    boolean needed = !node.log.exists() || footing.base().begin().isAfter(node.log.next());
    boolean known = staging != null && staging.footing().equals(footing);
    if (ours && needed && !known && node.journal.synced(toldToRead)) {
      staging = new Staging(footing);
      node.journal.write(new DurableRecord.Staging(footing));
    }
  }

  /** Installs what is whole, and asks for what is missing. */
  void progress() {
    Staging now = staging;
    if (now != null
        && node.log.exists()
        && !now.footing().base().begin().isAfter(node.log.next())) {
      staging = null;
    } else if (now != null) {
      endStaging(now);
    }
    if (open != null && node.now() >= open.until) {
      ahead.remove(open.to);
      open = null;
    }
    ahead.values().removeIf(chosen -> !isUseful(chosen));
    if (open == null && !isToldSoon()) {
      ask();
    }
  }

  /**
   * An entry that is accepted here costs no second copy: the next proposal or heartbeat tells that
   * it is chosen.
   */
  private boolean isToldSoon() {
    boolean held =
        node.log.exists()
            && node.log.accepted().isPresent()
            && ahead.values().stream().noneMatch(chosen -> chosen.isAfter(node.log.next()));
    if (held && !node.log.next().equals(awaited)) {
      awaited = node.log.next();
      awaitedUntil = node.now() + TOLD_WITHIN;
    }
    return held && !ahead.isEmpty() && node.now() < awaitedUntil;
  }

  private boolean isUseful(Position chosen) {
    return !node.log.exists() || chosen.isAfter(node.log.chosen());
  }

  private void ask() {
    boolean isFetched = staging != null && staging.isComplete();
    if (ahead.isEmpty() || isFetched) {
      return;
    }
    Optional<MemberId> peer =
        ahead.entrySet().stream()
            .max(Comparator.comparing(Map.Entry<MemberId, Position>::getValue))
            .map(Map.Entry::getKey);
    if (peer.isPresent() && node.ensemble().isPresent()) {
      Position from = wanted();
      open = new Question(peer.get(), from, node.now() + 2L * node.timing().retry());
      node.send(peer.get(), new Message.Fetch(from, node.config.bounds().catchUpBytes()));
    }
  }

  private Position wanted() {
    if (staging != null) {
      return staging.next();
    }
    return node.log.exists() ? node.log.next() : Position.ZERO;
  }
}
