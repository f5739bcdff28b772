package io.registrar.log.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the records of a store come to. */
class RestoredTest {
  private static final Member SELF = new Member(new MemberId(1), new Incarnation(11));
  private static final Founding FOUNDING =
      new Founding(new EnsembleId(3, 4), 1, Membership.of(Position.ZERO, List.of(SELF)));

  private static Entry entry(long number) {
    return new Entry(new ProposalTag(1, number), new Content.NoOp());
  }

  private static DurableRecord accepted(long position, long round, long number) {
    return new DurableRecord.Accepted(
        new Position(position), new Vote(new Ballot(round, SELF, 1), entry(number)));
  }

  private static List<DurableRecord> founded(DurableRecord... more) {
    List<DurableRecord> records = new ArrayList<>();
    records.add(new DurableRecord.Started(SELF, new Start(4, 9)));
    records.add(new DurableRecord.Held(FOUNDING));
    records.add(new DurableRecord.Begun(FOUNDING));
    records.addAll(List.of(more));
    return records;
  }

  @Test
  void anAcceptedEntryProvesThatEveryEarlierOneIsChosen() {
    Restored restored = Restored.from(founded(accepted(1, 1, 1), accepted(2, 1, 2)));
    assertThat(restored.chosen).isEqualTo(new Position(1));
    assertThat(restored.tag).contains(new ProposalTag(1, 1));
    assertThat(restored.accepted().map(vote -> vote.entry().tag().number())).contains(2L);
    assertThat(restored.promised.round()).isEqualTo(1);
    assertThat(restored.isSound()).isTrue();
  }

  @Test
  void theLastEntryWrittenAtAPositionCounts() {
    Restored restored =
        Restored.from(
            founded(
                accepted(1, 1, 1),
                accepted(1, 5, 50),
                new DurableRecord.Learned(new Position(1), entry(7)),
                accepted(2, 2, 8)));
    assertThat(restored.tag).contains(new ProposalTag(1, 7));
    assertThat(restored.promised.round()).isEqualTo(5);
  }

  @Test
  void aMissingEntryIsDamage() {
    Restored restored = Restored.from(founded(accepted(1, 1, 1), accepted(3, 1, 3)));
    assertThat(restored.isSound()).isFalse();
  }

  @Test
  void aSnapshotThatIsNotWholeLeavesTheLogAsItWas() {
    LogBase base = new LogBase(FOUNDING.ensemble(), new Position(8), FOUNDING.membership(), 1, 3);
    Footing footing = new Footing(base, new Position(9));
    Restored restored =
        Restored.from(
            founded(
                accepted(1, 1, 1),
                new DurableRecord.ChosenThrough(new Position(1)),
                new DurableRecord.Staging(footing),
                new DurableRecord.Staged(new Position(8), entry(80))));
    assertThat(restored.chosen).isEqualTo(new Position(1));
    assertThat(restored.footing.map(it -> it.base().begin())).contains(new Position(1));
    assertThat(restored.staging).isNotNull();
    assertThat(restored.staging.next()).isEqualTo(new Position(9));
  }

  @Test
  void aSnapshotThatIsWholeStandsForAllBefore() {
    LogBase base = new LogBase(FOUNDING.ensemble(), new Position(8), FOUNDING.membership(), 1, 3);
    Footing footing = new Footing(base, new Position(9));
    Restored restored =
        Restored.from(
            founded(
                accepted(1, 1, 1),
                new DurableRecord.Staging(footing),
                new DurableRecord.Staged(new Position(8), entry(80)),
                new DurableRecord.Staged(new Position(9), entry(90)),
                new DurableRecord.Installed(footing),
                accepted(10, 2, 100)));
    assertThat(restored.isSound()).isTrue();
    assertThat(restored.chosen).isEqualTo(new Position(9));
    assertThat(restored.tag).contains(new ProposalTag(1, 90));
    assertThat(restored.ledger).isNotNull();
    assertThat(restored.ledger.version()).isEqualTo(3);
  }

  @Test
  void aCheckpointStandsForEverythingButTheEntries() {
    ReplicaConfig config = ReplicaConfig.of(SELF.id(), new TreeSet<>(List.of(SELF.id())));
    List<DurableRecord> store =
        founded(
            accepted(1, 6, 1),
            new DurableRecord.Seen(
                List.of(
                    new Sighting(SELF, new Vitals(new Start(1, 1), Ballot.NONE, Position.ZERO)))));
    Replica replica = Replica.restore(config, store, Damage.none(), () -> 5);
    replica.step(new Input.Start());
    List<DurableRecord> shorter = new ArrayList<>();
    shorter.add(accepted(1, 6, 1));
    shorter.addAll(replica.checkpoint());
    Restored again = Restored.from(shorter);
    assertThat(again.member).isEqualTo(SELF);
    assertThat(again.start.number()).isEqualTo(5);
    assertThat(again.promised.round()).isEqualTo(6);
    assertThat(again.votesAfter).contains(Position.ZERO);
    assertThat(again.footing).isEqualTo(Optional.of(Footing.of(FOUNDING)));
    assertThat(again.accepted()).isPresent();
    assertThat(again.sightings).hasSize(1);
    assertThat(again.isSound()).isTrue();
  }
}
