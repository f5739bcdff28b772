package io.registrar.log.paxos;

/**
 * What must be known of a log whose positions before {@link #begin} are gone: it stands for all of
 * them. The founding record gives the first one; each effective {@link Content.Cut} carries the
 * next.
 *
 * @param ensemble whose log it is
 * @param begin the first position that is kept
 * @param membership the membership that governs {@code begin}
 * @param epoch the epoch in force just before {@code begin}; 0 if none was begun
 * @param version the version in force just before {@code begin}
 */
public record LogBase(
    EnsembleId ensemble, Position begin, Membership membership, long epoch, long version) {

  void write(WireWriter out) {
    ensemble.write(out);
    begin.write(out);
    membership.write(out);
    out.i64(epoch).i64(version);
  }

  static LogBase read(WireReader in) throws MalformedException {
    LogBase base =
        new LogBase(
            EnsembleId.read(in),
            Position.read(in),
            Membership.read(in),
            in.natural(),
            in.natural());
    if (!base.begin.isAfter(base.membership.since())) {
      throw new MalformedException("a base whose membership is not chosen before it");
    }
    return base;
  }
}
