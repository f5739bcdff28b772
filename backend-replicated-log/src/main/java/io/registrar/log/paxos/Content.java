package io.registrar.log.paxos;

/**
 * What an entry says. Every replica reads the log with the same rules ({@link Ledger}), so that all
 * agree on which entries take effect.
 */
public sealed interface Content {
  /** The largest payload that any codec reads, in bytes; {@link Bounds} sets the working limit. */
  int LARGEST_PAYLOAD = 64 << 20;

  /** The longest owner, in bytes. */
  int LONGEST_OWNER = 1024;

  /** Content that the application proposes with {@link Input.Propose}. */
  sealed interface OfApplication extends Content permits Append, Chunk, Cut {
    /** The epoch of the session that proposes it. */
    long epoch();
  }

  /** Nothing: fills a position whose entry, if there was one, was certainly not chosen. */
  record NoOp() implements Content {}

  /**
   * A new epoch: takes effect if its number is above the one in force, and ends every earlier
   * session.
   *
   * @param number of the epoch, from 1
   * @param owner of the session, at most {@value Content#LONGEST_OWNER} bytes
   */
  record BeginEpoch(long number, Bytes owner) implements Content {}

  /**
   * A batch: takes effect only if both its epoch and the version that it follows are those in force
   * at its position; then {@code version} is in force.
   *
   * @param epoch of the session that wrote it
   * @param follows the version that it was made upon
   * @param version the version that it makes, above {@code follows}
   * @param payload the application's bytes
   */
  record Append(long epoch, long follows, long version, Bytes payload) implements OfApplication {}

  /**
   * A chunk of a snapshot: of the state just before {@code begin}. Chunk 0 opens a snapshot and
   * gives up one that is open; each further one must be the next, and of the same {@code begin}.
   *
   * @param epoch of the session that wrote it
   * @param begin the {@link LogBase#begin} of the snapshot
   * @param index from 0
   * @param payload the application's bytes
   */
  record Chunk(long epoch, Position begin, int index, Bytes payload) implements OfApplication {}

  /**
   * Cuts the log: every position before {@code base.begin()} is no longer needed. Takes effect only
   * if its epoch is in force, the snapshot that is open has this begin and exactly this many
   * chunks, and the begin is above the present one.
   *
   * @param epoch of the session that wrote it
   * @param base what stands for the positions that go
   * @param chunks how many the snapshot has, at least 1
   */
  record Cut(long epoch, LogBase base, int chunks) implements OfApplication {}

  /**
   * A membership: governs every position after its own. Takes effect if it was made for the
   * position at which it is chosen.
   *
   * @param membership whose {@link Membership#since} is the position it was proposed at
   */
  record ChangeMembership(Membership membership) implements Content {}

  /** Writes a kind and the fields. */
  default void write(WireWriter out) {
    if (this instanceof NoOp) {
      out.u8(0);
    } else if (this instanceof BeginEpoch epoch) {
      out.u8(1).i64(epoch.number).bytes(epoch.owner);
    } else if (this instanceof Append append) {
      out.u8(2).i64(append.epoch).i64(append.follows).i64(append.version).bytes(append.payload);
    } else if (this instanceof Chunk chunk) {
      out.u8(3).i64(chunk.epoch);
      chunk.begin.write(out);
      out.i32(chunk.index).bytes(chunk.payload);
    } else if (this instanceof Cut cut) {
      out.u8(4).i64(cut.epoch);
      cut.base.write(out);
      out.i32(cut.chunks);
    } else if (this instanceof ChangeMembership change) {
      out.u8(5);
      change.membership.write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  static Content read(WireReader in) throws MalformedException {
    int kind = in.u8();
    return switch (kind) {
      case 0 -> new NoOp();
      case 1 -> new BeginEpoch(in.natural(), in.bytes(LONGEST_OWNER));
      case 2 -> new Append(in.natural(), in.natural(), in.natural(), in.bytes(LARGEST_PAYLOAD));
      case 3 -> new Chunk(in.natural(), Position.read(in), in.i32(), in.bytes(LARGEST_PAYLOAD));
      case 4 -> new Cut(in.natural(), LogBase.read(in), in.i32());
      case 5 -> new ChangeMembership(Membership.read(in));
      default -> throw new MalformedException("content of kind " + kind);
    };
  }
}
