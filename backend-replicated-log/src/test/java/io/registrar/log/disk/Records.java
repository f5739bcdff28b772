package io.registrar.log.disk;

import io.registrar.log.paxos.Ballot;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Founding;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Membership;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.ProposalTag;
import io.registrar.log.paxos.Start;
import io.registrar.log.paxos.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records such as a replica writes. */
final class Records {
  static final MemberId ID = new MemberId(1);
  static final Member SELF = new Member(ID, new Incarnation(11));
  static final Founding FOUNDING =
      new Founding(new EnsembleId(3, 4), 1, Membership.of(Position.ZERO, List.of(SELF)));

  private Records() {}

  static List<DurableRecord> founded() {
    return List.of(
        new DurableRecord.Started(SELF, new Start(1, 9)),
        new DurableRecord.Held(FOUNDING),
        new DurableRecord.Begun(FOUNDING));
  }

  /** What a replica would say of itself that has promised this and learned so far. */
  static List<DurableRecord> checkpoint(Ballot promised, long begin, long chosen) {
    List<DurableRecord> records = new ArrayList<>();
    records.add(new DurableRecord.Started(SELF, new Start(1, 9)));
    records.add(new DurableRecord.Begun(FOUNDING));
    records.add(new DurableRecord.Promised(promised));
    records.add(new DurableRecord.Truncated(footing(begin)));
    records.add(new DurableRecord.ChosenThrough(new Position(chosen)));
    return records;
  }

  static Footing footing(long begin) {
    LogBase base =
        new LogBase(FOUNDING.ensemble(), new Position(begin), FOUNDING.membership(), 1, begin);
    return new Footing(base, new Position(begin));
  }

  static Ballot ballot(long round) {
    return new Ballot(round, SELF, 9);
  }

  static DurableRecord.Promised promised(long round) {
    return new DurableRecord.Promised(ballot(round));
  }

  /** An entry whose payload is drawn from its number. */
  static Entry entry(long number, int bytes) {
    byte[] payload = new byte[bytes];
    new Random(number).nextBytes(payload);
    return new Entry(
        new ProposalTag(9, number), new Content.Append(1, number - 1, number, Bytes.of(payload)));
  }

  static DurableRecord.Accepted accepted(long position, int bytes) {
    return new DurableRecord.Accepted(
        new Position(position), new Vote(ballot(1), entry(position, bytes)));
  }

  static DurableRecord.Learned learned(long position, int bytes) {
    return new DurableRecord.Learned(new Position(position), entry(position, bytes));
  }

  static List<DurableRecord> all(Iterable<DurableRecord> records) {
    List<DurableRecord> all = new ArrayList<>();
    records.forEach(all::add);
    return all;
  }
}
