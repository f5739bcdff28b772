package io.registrar.log.paxos;

import io.registrar.log.paxos.Message.Abstained;
import io.registrar.log.paxos.Message.Accept;
import io.registrar.log.paxos.Message.Accepted;
import io.registrar.log.paxos.Message.AskEnd;
import io.registrar.log.paxos.Message.AskPromise;
import io.registrar.log.paxos.Message.Begin;
import io.registrar.log.paxos.Message.Canvass;
import io.registrar.log.paxos.Message.Canvassed;
import io.registrar.log.paxos.Message.EndIs;
import io.registrar.log.paxos.Message.Entries;
import io.registrar.log.paxos.Message.Fetch;
import io.registrar.log.paxos.Message.Following;
import io.registrar.log.paxos.Message.Found;
import io.registrar.log.paxos.Message.Haste;
import io.registrar.log.paxos.Message.Heartbeat;
import io.registrar.log.paxos.Message.Holding;
import io.registrar.log.paxos.Message.NotAdmitted;
import io.registrar.log.paxos.Message.Prepare;
import io.registrar.log.paxos.Message.Promise;
import io.registrar.log.paxos.Message.PromiseIs;
import io.registrar.log.paxos.Message.Rejected;
import io.registrar.log.paxos.Message.Resigned;
import io.registrar.log.paxos.Message.SetBack;
import io.registrar.log.paxos.Message.StandsOn;
import io.registrar.log.paxos.Message.Status;

/** Reads a message by its kind; {@link MessageWriter} is the other direction. */
final class MessageCodec {
  /** A count of entries above this is no message of ours. */
  static final int MOST_ENTRIES = 100_000;

  /** What a version 1 replica is taken to want when it fetches. */
  static final int FETCH_V1 = 256 << 10;

  private MessageCodec() {}

  static Message read(WireReader in, ProtocolVersion version) throws MalformedException {
    int kind = in.u8();
    return switch (kind) {
      case 1 -> new Prepare(Ballot.read(in), Position.read(in), in.choice(Haste.values()));
      case 2 ->
          new Promise(
              Ballot.read(in), Position.read(in), Position.read(in), in.optional(Vote::read));
      case 3 ->
          new Accept(
              Ballot.read(in), Position.read(in), Entry.read(in), in.optional(ProposalTag::read));
      case 4 -> new Accepted(Ballot.read(in), Position.read(in));
      case 5 -> new Rejected(Ballot.read(in), Ballot.read(in));
      case 6 ->
          new Abstained(
              Ballot.read(in),
              Position.read(in),
              Position.read(in),
              in.choice(Abstained.Reason.values()));
      case 7 ->
          new Heartbeat(
              Ballot.read(in),
              in.natural(),
              Position.read(in),
              in.optional(ProposalTag::read),
              in.choice(Heartbeat.Lease.values()));
      case 8 ->
          new Following(
              Ballot.read(in),
              in.natural(),
              Position.read(in),
              in.choice(Following.Lease.values()));
      case 9 -> new Canvass(in.natural(), Position.read(in));
      case 10 -> new Canvassed(in.natural());
      case 11 -> new Resigned(Ballot.read(in), in.natural());
      case 12 -> new Fetch(Position.read(in), wanted(in, version));
      case 13 ->
          new Entries(Position.read(in), in.many(MOST_ENTRIES, Entry::read), Position.read(in));
      case 14 -> new StandsOn(Footing.read(in), Position.read(in));
      case 15 -> new AskEnd(in.natural(), Position.read(in));
      case 16 -> new EndIs(in.natural(), Position.read(in), Position.read(in));
      case 17 -> new Found(Founding.read(in));
      case 18 -> new Holding(EnsembleId.read(in), in.natural());
      case 19 -> new Begin(Founding.read(in));
      case 20 ->
          new Status(
              in.choice(Phase.values()),
              in.natural(),
              Position.read(in),
              in.optional(Membership::read),
              in.choice(Status.Wish.values()));
      case 21 -> new AskPromise(Position.read(in));
      case 22 -> new PromiseIs(Position.read(in), Ballot.read(in));
      case 23 -> new SetBack(Sighting.read(in));
      case 24 -> new NotAdmitted(Member.read(in), Member.read(in));
      default -> throw new MalformedException("a message of kind " + kind);
    };
  }

  private static int wanted(WireReader in, ProtocolVersion version) throws MalformedException {
    if (!version.has(ProtocolVersion.V2)) {
      return FETCH_V1;
    }
    int wanted = in.i32();
    if (wanted < 0) {
      throw new MalformedException("a fetch of " + wanted + " bytes");
    }
    return wanted;
  }
}
