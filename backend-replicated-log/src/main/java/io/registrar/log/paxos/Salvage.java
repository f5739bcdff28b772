package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one member's log comes to when a majority is lost for good and a person lets it go on alone:
 * the beginning of a log of another ensemble, with the same entries, that this member votes on by
 * itself.
 *
 * <ol>
 *   <li>What it has accepted at the position after the last chosen one is kept: it may have been
 *       chosen, and acknowledged.
 *   <li>Every other member is removed by an entry of its own, and the incarnation replaced by a new
 *       one, so that the log is one by the rules of {@link Ledger}.
 *   <li>The ensemble is a new one: those that were lost are strangers to it, should they come back,
 *       and no vote of theirs counts.
 * </ol>
 */
public final class Salvage {
  private final Restored restored;
  private final Member member;
  private final Footing footing;
  private final TreeMap<Position, Entry> entries = new TreeMap<>();
  private final Position through;
  private final Ledger ledger;

  private Salvage(List<DurableRecord> survived) {
    this.restored = Restored.from(survived);
    Member known = restored.member;
    if (known == null || restored.footing.isEmpty()) {
      throw new IllegalArgumentException("it has never had a log of an ensemble");
    }
    this.member = known;
    this.footing = restored.footing.get();
    survived.forEach(this::note);
    this.through = restored.accepted().isPresent() ? restored.chosen.next() : restored.chosen;
    Position begin = footing.base().begin();
    entries.headMap(begin, false).clear();
    entries.tailMap(through, false).clear();
    this.ledger = new Ledger(footing.base());
    for (Position at = begin; !at.isAfter(through); at = at.next()) {
      Entry entry = entries.get(at);
      if (entry == null) {
        throw new IllegalArgumentException("the entry at " + at + " is missing");
      }
      ledger.apply(at, entry.content());
    }
    requireOneOfSeveral();
  }

  /**
   * Reads the records of a store, in the order written; they are all held in memory.
   *
   * @throws IllegalArgumentException if it cannot go on alone, or need not; the message says why
   */
  public static Salvage of(List<DurableRecord> survived) {
    return new Salvage(survived);
  }

  private void requireOneOfSeveral() {
    Membership voters = ledger.membership();
    if (voters.at(member.id()).isEmpty()) {
      throw new IllegalArgumentException(
          "member " + member.id().value() + " does not vote in it; use the log of one that does");
    }
    if (voters.voters().size() == 1) {
      throw new IllegalArgumentException(
          "member " + member.id().value() + " is its only member already; just start it");
    }
  }

  private void note(DurableRecord durable) {
    if (durable instanceof DurableRecord.Accepted it) {
      entries.put(it.position(), it.vote().entry());
    } else if (durable instanceof DurableRecord.Learned it) {
      entries.put(it.position(), it.entry());
    } else if (durable instanceof DurableRecord.Staged it) {
      entries.put(it.position(), it.entry());
    }
  }

  /** Whose log it is. */
  public Member member() {
    return member;
  }

  /** The last position that is kept. */
  public Position through() {
    return through;
  }

  /** What was in force after it. */
  public LogBase base() {
    return new LogBase(
        footing.base().ensemble(),
        through.next(),
        ledger.membership(),
        ledger.epoch(),
        ledger.version());
  }

  /** How many entries are kept. */
  public int entries() {
    return entries.size();
  }

  /**
   * The records of a new store, in the order to be written.
   *
   * @param ensemble the new one
   * @param entropy draws the incarnation and the nonce of its first start
   */
  public List<DurableRecord> alone(EnsembleId ensemble, RandomSource entropy) {
    Member self = new Member(member.id(), new Incarnation(entropy.nextLong()));
    Start start = new Start(1, entropy.nextLong());
    long tags = 0;
    List<DurableRecord> records = new ArrayList<>();
    records.add(new DurableRecord.Started(self, start));
    records.add(
        new DurableRecord.Truncated(new Footing(in(ensemble, footing.base()), footing.through())));
    for (var each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (entry.content() instanceof Content.Cut cut) {
        Content moved = new Content.Cut(cut.epoch(), in(ensemble, cut.base()), cut.chunks());
        entry = new Entry(new ProposalTag(start.nonce(), ++tags), moved);
      }
      records.add(new DurableRecord.Learned(each.getKey(), entry));
    }
    Position last = through;
    for (Membership next : steps(self)) {
      last = next.since();
      Entry entry =
          new Entry(new ProposalTag(start.nonce(), ++tags), new Content.ChangeMembership(next));
      records.add(new DurableRecord.Learned(last, entry));
    }
    records.add(new DurableRecord.VotesAfter(last, restored.promised));
    return records;
  }

  /** One place changes at a time, as the ledger asks. */
  private List<Membership> steps(Member self) {
    List<Membership> steps = new ArrayList<>();
    Membership now = ledger.membership();
    Position at = through;
    for (MemberId lost : List.copyOf(now.voters().keySet())) {
      at = at.next();
      now = lost.equals(self.id()) ? now.with(self, at) : now.without(lost, at);
      steps.add(now);
    }
    return steps;
  }

  private static LogBase in(EnsembleId ensemble, LogBase base) {
    return new LogBase(ensemble, base.begin(), base.membership(), base.epoch(), base.version());
  }

  /** Why it never took part again, if so. */
  public Optional<StopReason> retired() {
    return restored.retired;
  }
}
