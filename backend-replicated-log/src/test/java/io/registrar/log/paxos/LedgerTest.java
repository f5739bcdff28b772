package io.registrar.log.paxos;

import static io.registrar.log.paxos.Delivery.Effect.NOTHING;
import static io.registrar.log.paxos.Delivery.Effect.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which entries take effect. */
class LedgerTest {
  private static final Member A = new Member(new MemberId(1), new Incarnation(11));
  private static final Member B = new Member(new MemberId(2), new Incarnation(22));
  private static final Membership FOUNDING = Membership.of(Position.ZERO, List.of(A, B));
  private static final LogBase BASE =
      new LogBase(new EnsembleId(1, 2), new Position(1), FOUNDING, 0, 0);

  private final Ledger ledger = new Ledger(BASE);
  private long at;

  private Delivery.Effect apply(Content content) {
    return ledger.apply(new Position(++at), content);
  }

  private static Content.Append append(long epoch, long follows) {
    return new Content.Append(epoch, follows, follows + 1, Bytes.EMPTY);
  }

  private static Content.BeginEpoch epoch(long number) {
    return new Content.BeginEpoch(number, Bytes.EMPTY);
  }

  private static Content.Chunk chunk(long begin, int index) {
    return new Content.Chunk(1, new Position(begin), index, Bytes.EMPTY);
  }

  private static Content.Cut cut(long begin, int chunks) {
    LogBase base = new LogBase(BASE.ensemble(), new Position(begin), FOUNDING, 1, 0);
    return new Content.Cut(1, base, chunks);
  }

  @Test
  void aBatchCountsInItsEpochAndOnItsVersion() {
    assertThat(apply(append(0, 0))).as("before any session").isEqualTo(NOTHING);
    assertThat(apply(epoch(1))).isEqualTo(TAKEN);
    assertThat(apply(append(1, 0))).isEqualTo(TAKEN);
    assertThat(apply(append(1, 0))).as("the same version again").isEqualTo(NOTHING);
    assertThat(apply(append(1, 2))).as("a version that is not there").isEqualTo(NOTHING);
    assertThat(apply(epoch(5))).isEqualTo(TAKEN);
    assertThat(apply(append(1, 1))).as("an ended session").isEqualTo(NOTHING);
    assertThat(apply(append(5, 1))).isEqualTo(TAKEN);
    assertThat(ledger.version()).isEqualTo(2);
  }

  @Test
  void anEpochOnlyRises() {
    apply(epoch(7));
    assertThat(apply(epoch(7))).isEqualTo(NOTHING);
    assertThat(apply(epoch(6))).isEqualTo(NOTHING);
    assertThat(ledger.epoch()).isEqualTo(7);
  }

  @Test
  void aCutCountsWhenEveryChunkOfItsSnapshotIsThere() {
    apply(epoch(1));
    apply(append(1, 0));
    assertThat(apply(chunk(3, 0))).isEqualTo(TAKEN);
    assertThat(apply(cut(3, 2))).as("a chunk is missing").isEqualTo(NOTHING);
    assertThat(apply(chunk(3, 2))).as("a chunk out of turn").isEqualTo(NOTHING);
    assertThat(apply(chunk(3, 1))).isEqualTo(TAKEN);
    assertThat(apply(cut(2, 2))).as("another snapshot").isEqualTo(NOTHING);
    assertThat(apply(cut(3, 2))).isEqualTo(TAKEN);
    assertThat(apply(cut(3, 2))).as("the same again").isEqualTo(NOTHING);
  }

  @Test
  void aNewSessionGivesUpTheSnapshotOfTheOneBefore() {
    apply(epoch(1));
    apply(chunk(2, 0));
    apply(epoch(2));
    assertThat(apply(cut(2, 1))).isEqualTo(NOTHING);
  }

  @Test
  void aMembershipCountsAtItsPositionAndChangesOnePlace() {
    Member other = new Member(new MemberId(2), new Incarnation(99));
    Member third = new Member(new MemberId(3), new Incarnation(33));
    Position next = new Position(1);
    assertThat(apply(new Content.ChangeMembership(FOUNDING.with(third, new Position(9)))))
        .as("made for another position")
        .isEqualTo(NOTHING);
    next = new Position(2);
    assertThat(apply(new Content.ChangeMembership(FOUNDING.with(third, next).with(other, next))))
        .as("two places at once")
        .isEqualTo(NOTHING);
    next = new Position(3);
    assertThat(apply(new Content.ChangeMembership(FOUNDING.with(other, next)))).isEqualTo(TAKEN);
    assertThat(ledger.membership().names(other)).isTrue();
    assertThat(ledger.membership().names(B)).isFalse();
  }
}
