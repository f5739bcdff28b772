package io.registrar.log.paxos;

/**
 * A founding record: the proposal to begin an ensemble. Votes begin once somebody has seen that
 * every member named in it holds this very record.
 *
 * @param ensemble drawn at random for this attempt
 * @param attempt from 1; a member without a log never goes back to a lower one, unless a member
 *     that already votes shows that it has begun
 * @param membership every member, with the incarnation that it showed; since {@link Position#ZERO}
 */
public record Founding(EnsembleId ensemble, long attempt, Membership membership) {
  /** What the log that it founds stands on. */
  public LogBase base() {
    return new LogBase(ensemble, new Position(1), membership, 0, 0);
  }

  /** Who has drawn it: the first to know whether all hold it, so that it begins nowhere before. */
  Member founder() {
    return membership.members().get(0);
  }

  void write(WireWriter out) {
    ensemble.write(out);
    out.i64(attempt);
    membership.write(out);
  }

  static Founding read(WireReader in) throws MalformedException {
    Founding founding = new Founding(EnsembleId.read(in), in.natural(), Membership.read(in));
    if (founding.membership.since().value() != 0) {
      throw new MalformedException(
          "a founding membership chosen at " + founding.membership.since());
    }
    return founding;
  }
}
