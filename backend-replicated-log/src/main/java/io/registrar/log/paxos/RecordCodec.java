package io.registrar.log.paxos;

import io.registrar.log.paxos.DurableRecord.Accepted;
import io.registrar.log.paxos.DurableRecord.Begun;
import io.registrar.log.paxos.DurableRecord.ChosenThrough;
import io.registrar.log.paxos.DurableRecord.Held;
import io.registrar.log.paxos.DurableRecord.Installed;
import io.registrar.log.paxos.DurableRecord.Joined;
import io.registrar.log.paxos.DurableRecord.Learned;
import io.registrar.log.paxos.DurableRecord.Promised;
import io.registrar.log.paxos.DurableRecord.Retired;
import io.registrar.log.paxos.DurableRecord.Seen;
import io.registrar.log.paxos.DurableRecord.Staged;
import io.registrar.log.paxos.DurableRecord.Staging;
import io.registrar.log.paxos.DurableRecord.Started;
import io.registrar.log.paxos.DurableRecord.Truncated;
import io.registrar.log.paxos.DurableRecord.VotesAfter;

/**
 * The binary form of a {@link DurableRecord}. It carries no checksum: the store adds one, and the
 * number that tells a missing record.
 */
public final class RecordCodec {
  private static final int MOST_SEEN = 1024;

  private RecordCodec() {}

  /** Writes a kind and the fields. */
  public static Bytes encode(DurableRecord durable) {
    WireWriter out = new WireWriter();
    if (durable instanceof Started it) {
      it.member().write(out.u8(1));
      it.start().write(out);
    } else if (durable instanceof Held it) {
      it.founding().write(out.u8(2));
    } else if (durable instanceof Begun it) {
      it.founding().write(out.u8(3));
    } else if (durable instanceof Joined it) {
      out.u8(4).optional(it.ensemble(), EnsembleId::write);
    } else if (durable instanceof Promised it) {
      it.ballot().write(out.u8(5));
    } else if (durable instanceof Accepted it) {
      it.position().write(out.u8(6));
      it.vote().write(out);
    } else if (durable instanceof Learned it) {
      it.position().write(out.u8(7));
      it.entry().write(out);
    } else if (durable instanceof ChosenThrough it) {
      it.position().write(out.u8(8));
    } else if (durable instanceof Staging it) {
      it.footing().write(out.u8(9));
    } else if (durable instanceof Staged it) {
      it.position().write(out.u8(10));
      it.entry().write(out);
    } else if (durable instanceof Installed it) {
      it.footing().write(out.u8(11));
    } else if (durable instanceof Truncated it) {
      it.footing().write(out.u8(12));
    } else if (durable instanceof VotesAfter it) {
      it.position().write(out.u8(13));
      it.promised().write(out);
    } else if (durable instanceof Seen it) {
      out.u8(14).many(it.sightings(), Sighting::write);
    } else if (durable instanceof Retired it) {
      out.u8(15).u8(it.reason().ordinal());
    }
    return out.finish();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException for any other bytes
   */
  public static DurableRecord decode(Bytes bytes) throws MalformedException {
    WireReader in = new WireReader(bytes);
    DurableRecord durable = read(in);
    in.end();
    return durable;
  }

  private static DurableRecord read(WireReader in) throws MalformedException {
    int kind = in.u8();
    return switch (kind) {
      case 1 -> new Started(Member.read(in), Start.read(in));
      case 2 -> new Held(Founding.read(in));
      case 3 -> new Begun(Founding.read(in));
      case 4 -> new Joined(in.optional(EnsembleId::read));
      case 5 -> new Promised(Ballot.read(in));
      case 6 -> new Accepted(Position.read(in), Vote.read(in));
      case 7 -> new Learned(Position.read(in), Entry.read(in));
      case 8 -> new ChosenThrough(Position.read(in));
      case 9 -> new Staging(Footing.read(in));
      case 10 -> new Staged(Position.read(in), Entry.read(in));
      case 11 -> new Installed(Footing.read(in));
      case 12 -> new Truncated(Footing.read(in));
      case 13 -> new VotesAfter(Position.read(in), Ballot.read(in));
      case 14 -> new Seen(in.many(MOST_SEEN, Sighting::read));
      case 15 -> new Retired(in.choice(StopReason.values()));
      default -> throw new MalformedException("a record of kind " + kind);
    };
  }
}
