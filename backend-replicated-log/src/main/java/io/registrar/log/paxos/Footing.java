package io.registrar.log.paxos;

/**
 * What a log stands on: a base, and how far the snapshot reaches that makes the base enough. The
 * positions from {@code base.begin()} to {@code through} hold every chunk of the snapshot, what was
 * committed meanwhile, and the cut; whoever has them needs nothing from before.
 *
 * @param base stands for all earlier positions
 * @param through the position of the cut; the position before {@code begin} for a founding record,
 *     which needs no snapshot
 */
public record Footing(LogBase base, Position through) {
  static Footing of(Founding founding) {
    return new Footing(founding.base(), Position.ZERO);
  }

  void write(WireWriter out) {
    base.write(out);
    through.write(out);
  }

  static Footing read(WireReader in) throws MalformedException {
    Footing footing = new Footing(LogBase.read(in), Position.read(in));
    if (footing.through.next().compareTo(footing.base.begin()) < 0) {
      throw new MalformedException("a cut before what it keeps");
    }
    return footing;
  }
}
