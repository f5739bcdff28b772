package io.registrar.log.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written is read back the same; whatever else comes in is refused, and no more. */
class CodecTest {
  private static final Member MEMBER = new Member(new MemberId(3), new Incarnation(-5));
  private static final Ballot BALLOT = new Ballot(7, MEMBER, -9);
  private static final Position AT = new Position(1L << 40);
  private static final EnsembleId ENSEMBLE = new EnsembleId(-1, Long.MIN_VALUE);
  private static final Membership MEMBERSHIP =
      Membership.of(
          new Position(3), List.of(MEMBER, new Member(new MemberId(9), new Incarnation(1))));
  private static final LogBase BASE = new LogBase(ENSEMBLE, new Position(4), MEMBERSHIP, 2, 3);
  private static final Footing FOOTING = new Footing(BASE, new Position(8));
  private static final Founding FOUNDING =
      new Founding(ENSEMBLE, 4, Membership.of(Position.ZERO, List.of(MEMBER)));
  private static final Vitals VITALS = new Vitals(new Start(2, -3), BALLOT, AT);
  private static final Sighting SIGHTING = new Sighting(MEMBER, VITALS);
  private static final ProposalTag TAG = new ProposalTag(-8, 12);

  static Stream<Content> contents() {
    return Stream.of(
        new Content.NoOp(),
        new Content.BeginEpoch(4, Bytes.of((byte) 1)),
        new Content.Append(4, 5, 9, Bytes.EMPTY),
        new Content.Append(4, 5, 6, Bytes.of(new byte[300_000])),
        new Content.Chunk(4, AT, 17, Bytes.of((byte) 0, (byte) -1)),
        new Content.Cut(4, BASE, 18),
        new Content.ChangeMembership(MEMBERSHIP));
  }

  static Stream<Message> messages() {
    Entry entry = new Entry(TAG, new Content.Append(1, 2, 3, Bytes.of((byte) 4)));
    return Stream.of(
        new Message.Prepare(BALLOT, AT, Message.Haste.AFTER_LEASE),
        new Message.Promise(BALLOT, AT, AT, Optional.of(new Vote(BALLOT, entry))),
        new Message.Promise(BALLOT, AT, AT, Optional.empty()),
        new Message.Accept(BALLOT, AT, entry, Optional.of(TAG)),
        new Message.Accepted(BALLOT, AT),
        new Message.Rejected(BALLOT, Ballot.NONE),
        new Message.Abstained(BALLOT, AT, AT, Message.Abstained.Reason.NOT_A_MEMBER),
        new Message.Heartbeat(BALLOT, 5, AT, Optional.of(TAG), Message.Heartbeat.Lease.NOT_ASKED),
        new Message.Following(BALLOT, 5, AT, Message.Following.Lease.WITHHELD),
        new Message.Canvass(5, AT),
        new Message.Canvassed(5),
        new Message.Resigned(BALLOT, 6),
        new Message.Fetch(AT, 77),
        new Message.Entries(AT, List.of(entry, entry), AT),
        new Message.StandsOn(FOOTING, AT),
        new Message.AskEnd(5, AT),
        new Message.EndIs(5, AT, AT),
        new Message.Found(FOUNDING),
        new Message.Holding(ENSEMBLE, 4),
        new Message.Begin(FOUNDING),
        new Message.Status(
            Phase.HOLDING, 3, AT, Optional.of(MEMBERSHIP), Message.Status.Wish.NOTHING),
        new Message.AskPromise(AT),
        new Message.PromiseIs(AT, BALLOT),
        new Message.SetBack(SIGHTING),
        new Message.NotAdmitted(MEMBER, MEMBER));
  }

  static Stream<DurableRecord> records() {
    Entry entry = new Entry(TAG, new Content.NoOp());
    return Stream.of(
        new DurableRecord.Started(MEMBER, new Start(4, -4)),
        new DurableRecord.Held(FOUNDING),
        new DurableRecord.Begun(FOUNDING),
        new DurableRecord.Joined(Optional.of(ENSEMBLE)),
        new DurableRecord.Joined(Optional.empty()),
        new DurableRecord.Promised(BALLOT),
        new DurableRecord.Accepted(AT, new Vote(BALLOT, entry)),
        new DurableRecord.Learned(AT, entry),
        new DurableRecord.ChosenThrough(AT),
        new DurableRecord.Staging(FOOTING),
        new DurableRecord.Staged(AT, entry),
        new DurableRecord.Installed(FOOTING),
        new DurableRecord.Truncated(FOOTING),
        new DurableRecord.VotesAfter(AT, BALLOT),
        new DurableRecord.Seen(List.of(SIGHTING)),
        new DurableRecord.Retired(StopReason.LOST_ALONE));
  }

  private static Envelope envelope(Message message) {
    return new Envelope(
        ProtocolVersion.V2, Optional.of(ENSEMBLE), MEMBER, VITALS, List.of(SIGHTING), message);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void aContentComesBack(Content content) throws MalformedException {
    Entry entry = new Entry(TAG, content);
    assertThat(Entry.read(new WireReader(entry.encode()))).isEqualTo(entry);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageComesBack(Message message) throws MalformedException {
    Envelope envelope = envelope(message);
    assertThat(EnvelopeCodec.decode(EnvelopeCodec.encode(envelope, ProtocolVersion.V2)))
        .isEqualTo(envelope);
  }

  @ParameterizedTest
  @MethodSource("records")
  void aRecordComesBack(DurableRecord durable) throws MalformedException {
    assertThat(RecordCodec.decode(RecordCodec.encode(durable))).isEqualTo(durable);
  }

  @Test
  void everyKindOfMessageAndOfRecordIsTried() {
    assertThat(messages().map(Object::getClass).distinct())
        .hasSize(
            Stream.of(Message.class.getPermittedSubclasses())
                .mapToInt(group -> group.getPermittedSubclasses().length)
                .sum());
    assertThat(records().map(Object::getClass).distinct())
        .hasSize(DurableRecord.class.getPermittedSubclasses().length);
  }

  @Test
  void theOlderVersionLeavesOutWhatItDoesNotKnow() throws MalformedException {
    Envelope envelope = envelope(new Message.Fetch(AT, 77));
    Bytes frame = EnvelopeCodec.encode(envelope, ProtocolVersion.V1);
    assertThat(EnvelopeCodec.decode(frame).message())
        .isEqualTo(new Message.Fetch(AT, MessageCodec.FETCH_V1));
    assertThat(EnvelopeCodec.decode(frame).version()).isEqualTo(ProtocolVersion.V2);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aFrameCutShortIsRefusedWhereverItIsCut(Message message) {
    byte[] whole = EnvelopeCodec.encode(envelope(message), ProtocolVersion.V2).toArray();
    for (int length = 0; length < whole.length; length++) {
      Bytes cut = Bytes.of(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> EnvelopeCodec.decode(cut)).isInstanceOf(MalformedException.class);
    }
    Bytes longer = Bytes.of(Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> EnvelopeCodec.decode(longer)).isInstanceOf(MalformedException.class);
  }

  /** Any other exception, or memory without end, would let a stranger end a replica. */
  @Test
  void hostileBytesAreReadOrRefusedAndNothingElse() {
    SplittableRandom random = new SplittableRandom(7);
    List<byte[]> frames =
        messages()
            .map(message -> EnvelopeCodec.encode(envelope(message), ProtocolVersion.V2).toArray())
            .toList();
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] frame = frames.get(random.nextInt(frames.size())).clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      }
      try {
        EnvelopeCodec.decode(Bytes.of(frame));
        read++;
      } catch (MalformedException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
    assertThat(read).isPositive().isLessThan(200_000);
  }

  @Test
  void aLengthIsCheckedBeforeAnythingIsAllocated() {
    Bytes huge = new WireWriter().i32(Integer.MAX_VALUE).finish();
    assertThatThrownBy(() -> new WireReader(huge).bytes(Integer.MAX_VALUE))
        .isInstanceOf(MalformedException.class);
    Bytes negative = new WireWriter().i32(-1).finish();
    assertThatThrownBy(() -> new WireReader(negative).many(10, MemberId::read))
        .isInstanceOf(MalformedException.class);
  }
}
