package io.registrar.log.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The edge: what comes before what, and what is refused. */
class ReplicaTest {
  private static final MemberId ONE = new MemberId(1);
  private static final MemberId TWO = new MemberId(2);

  private static RandomSource entropy() {
    SplittableRandom random = new SplittableRandom(3);
    return random::nextLong;
  }

  private static Replica replica(MemberId... members) {
    ReplicaConfig config = ReplicaConfig.of(ONE, new TreeSet<>(List.of(members)));
    return Replica.restore(config, List.of(), Damage.none(), entropy());
  }

  /** Steps, and syncs at once until nothing is left to sync. */
  private static List<Delivery> settle(Replica replica, Input input, List<DurableRecord> disk) {
    List<Delivery> delivered = new ArrayList<>();
    Output output = replica.step(input);
    delivered.addAll(output.deliver());
    while (!output.persist().isEmpty()) {
      disk.addAll(output.persist());
      output = replica.step(new Input.Persisted(output.sequence()));
      delivered.addAll(output.deliver());
    }
    return delivered;
  }

  @Test
  void nothingLeavesBeforeTheStartIsSynced() {
    Replica replica = replica(ONE, TWO);
    Output first = replica.step(new Input.Start());
    assertThat(first.persist()).hasOnlyElementsOfType(DurableRecord.Started.class);
    assertThat(first.send()).isEmpty();
    assertThat(replica.step(new Input.Tick()).send()).isEmpty();
    assertThat(replica.step(new Input.Persisted(first.sequence())).send()).isNotEmpty();
  }

  @Test
  void aLostStoreFoundsNothingWhateverSurvivesOfItsFirstRecords() {
    ReplicaConfig config = ReplicaConfig.of(ONE, new TreeSet<>(List.of(ONE, TWO)));
    EnsembleId known = new EnsembleId(1, 2);
    Replica lost = Replica.restore(config, List.of(), Damage.lost(Optional.of(known)), entropy());
    List<DurableRecord> written = lost.step(new Input.Start()).persist();
    for (int survived = 1; survived <= written.size(); survived++) {
      Replica again =
          Replica.restore(config, written.subList(0, survived), Damage.none(), entropy());
      assertThat(again.phase()).as("%d records survive", survived).isEqualTo(Phase.LEARNING);
      assertThat(again.ensemble()).contains(known);
    }
  }

  @Test
  void theOrderOfInputsIsChecked() {
    assertThatThrownBy(() -> replica(ONE).step(new Input.Tick()))
        .isInstanceOf(IllegalStateException.class);
    Replica replica = replica(ONE);
    replica.step(new Input.Start());
    assertThatThrownBy(() -> replica.step(new Input.Start()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> replica.step(new Input.Persisted(99)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("99");
  }

  @Test
  void aStoreOfAnotherMemberIsRefused() {
    Member other = new Member(TWO, new Incarnation(5));
    List<DurableRecord> store = List.of(new DurableRecord.Started(other, new Start(1, 1)));
    ReplicaConfig config = ReplicaConfig.of(ONE, new TreeSet<>(List.of(ONE)));
    assertThatThrownBy(() -> Replica.restore(config, store, Damage.none(), entropy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("m2");
  }

  @Test
  void bytesFromStrangersAreNoticedAndNothingElse() {
    Replica replica = replica(ONE, TWO);
    settle(replica, new Input.Start(), new ArrayList<>());
    Output noise = replica.step(new Input.Received(TWO, Bytes.of((byte) 1, (byte) 2)));
    assertThat(noise.deliver())
        .containsExactly(new Delivery.Noticed(Delivery.Notice.MALFORMED, TWO));
    assertThat(noise.persist()).isEmpty();
    Replica three =
        Replica.restore(
            ReplicaConfig.of(new MemberId(3), new TreeSet<>(List.of(TWO, new MemberId(3)))),
            List.of(),
            Damage.none(),
            entropy());
    Output start = three.step(new Input.Start());
    Bytes frame = three.step(new Input.Persisted(start.sequence())).send().get(0).frame();
    assertThat(replica.step(new Input.Received(TWO, frame)).deliver())
        .containsExactly(new Delivery.Noticed(Delivery.Notice.IMPOSTOR, TWO));
  }

  @Test
  void aSingleMemberCommitsAndRemembers() {
    Replica replica = replica(ONE);
    List<DurableRecord> disk = new ArrayList<>();
    settle(replica, new Input.Start(), disk);
    settle(replica, new Input.Tick(), disk);
    List<Delivery> acquired =
        settle(replica, new Input.Acquire(new Request(1), Bytes.EMPTY, 40), disk);
    assertThat(acquired).contains(new Delivery.Acquired(new Request(1), 41, new Position(1)));
    Content.Append batch = new Content.Append(41, 0, 1, Bytes.of((byte) 7));
    assertThat(settle(replica, new Input.Propose(new Request(2), batch), disk))
        .contains(new Delivery.Settled(new Request(2), new Settlement.Taken(new Position(2))));

    ReplicaConfig config = ReplicaConfig.of(ONE, new TreeSet<>(List.of(ONE)));
    Replica again = Replica.restore(config, disk, Damage.none(), entropy());
    assertThat(again.phase()).isEqualTo(Phase.VOTING);
    settle(again, new Input.Start(), disk);
    List<Delivery> after = settle(again, new Input.Read(new Request(3)), disk);
    for (int tick = 0; tick < 100; tick++) {
      after.addAll(settle(again, new Input.Tick(), disk));
    }
    assertThat(after)
        .as("the last entry may not be known to be chosen; it is, before the read ends")
        .contains(new Delivery.Readable(new Request(3), new Position(2)));
  }

  @Test
  void anEntryOverTheLimitAndARequestTooManyAreRefused() {
    ReplicaConfig config =
        ReplicaConfig.of(ONE, new TreeSet<>(List.of(ONE, TWO)))
            .withBounds(new Bounds(256, 2, 256, 1));
    List<DurableRecord> disk = new ArrayList<>();
    Replica replica = Replica.restore(config, List.of(), Damage.none(), entropy());
    settle(replica, new Input.Start(), disk);
    Content.Append large = new Content.Append(1, 0, 1, Bytes.of(new byte[300]));
    assertThat(settle(replica, new Input.Propose(new Request(1), large), disk))
        .contains(refused(1, Settlement.Reason.TOO_LARGE));
    assertThat(settle(replica, new Input.Confirm(new Request(2), 1), disk))
        .contains(refused(2, Settlement.Reason.NOT_A_VOTER));
  }

  private static Delivery refused(long request, Settlement.Reason reason) {
    return new Delivery.Settled(new Request(request), new Settlement.Refused(reason));
  }

  @Test
  void afterDamageEverythingIsIgnoredButAnAnswerIsGiven() {
    Replica replica = replica(ONE);
    List<DurableRecord> disk = new ArrayList<>();
    settle(replica, new Input.Start(), disk);
    assertThat(settle(replica, new Input.Damaged(), disk))
        .hasAtLeastOneElementOfType(Delivery.StartAnew.class);
    assertThat(replica.phase()).isEqualTo(Phase.STOPPED);
    assertThatCode(() -> replica.step(new Input.Tick())).doesNotThrowAnyException();
    assertThat(settle(replica, new Input.Read(new Request(1)), disk))
        .contains(refused(1, Settlement.Reason.STOPPED));
  }
}
