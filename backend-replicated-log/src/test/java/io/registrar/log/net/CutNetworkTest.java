package io.registrar.log.net;

import static io.registrar.log.net.TestPeer.awaitBoth;
import static io.registrar.log.net.TestPeer.awaitDelivery;
import static io.registrar.log.net.TestPeer.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.Bytes;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.Direction;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Connections that stand and carry nothing, or not enough. */
class CutNetworkTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MEBIBYTE = 1 << 20;

  private static TestPeer start(int id, Duration silence) throws IOException {
    NetworkTiming timing =
        new NetworkTiming(
            Duration.ofMillis(50),
            silence,
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            Duration.ofMillis(200));
    NetworkLimits limits = new NetworkLimits(2 * MEBIBYTE, 4 * MEBIBYTE, 100, 64, 32);
    return TestPeer.start(
        options(id, 0).withTiming(timing).withLimits(limits), Optional.of(TestPeer.OURS));
  }

  @Test
  void whereOneWayIsCutTheConnectionEndsAndIsDialedAgain() throws IOException {
    Duration silence = Duration.ofSeconds(1);
    try (Strait strait = Strait.between(start(1, silence), start(2, silence))) {
      strait.holdFromOneToTwo();
      Deadline.after(LONG)
          .await(
              "both have given up",
              () ->
                  strait.one.reach(strait.two) == PeerState.Reach.NONE
                      && strait.two.reach(strait.one) == PeerState.Reach.NONE);
      strait.heal();
      awaitBoth(strait.one, strait.two);
      awaitDelivery(strait.one, strait.two, "again");
      awaitDelivery(strait.two, strait.one, "likewise");
      assertThat(strait.one.ended).as("its process lives").isEmpty();
    }
  }

  @Test
  void whereOneOfTwoConnectionsIsHeldTheOtherIsTaken() throws IOException {
    Duration silence = Duration.ofSeconds(1);
    try (Strait strait = Strait.between(start(1, silence), start(2, silence))) {
      for (Direction direction : Direction.values()) {
        strait.toTwo.hold(direction);
      }
      awaitDelivery(strait.one, strait.two, "the other way");
      awaitDelivery(strait.two, strait.one, "and back");
      Deadline.after(LONG)
          .await(
              "the held one is given up",
              () -> strait.one.reach(strait.two) == PeerState.Reach.ACCEPTED);
      awaitDelivery(strait.one, strait.two, "still");
      assertThat(strait.one.ended).as("its process lives").isEmpty();
    }
  }

  @Test
  void aPeerThatTakesNothingFillsItsOwnQueueAndDelaysNobodyElse() throws IOException {
    Duration never = Duration.ofMinutes(10);
    try (Strait strait = Strait.between(start(1, never), start(2, never));
        TestPeer three = start(3, never)) {
      TestPeer one = strait.one;
      three.knows(one);
      awaitBoth(one, three);
      strait.holdFromOneToTwo();
      Bytes large = Bytes.of(new byte[MEBIBYTE]);
      long most = 0;
      for (int i = 0; i < 100; i++) {
        one.network.send(strait.two.id, large);
        most = Math.max(most, waiting(strait));
      }
      assertThat(most).isPositive().isLessThanOrEqualTo(4L * MEBIBYTE);
      long dropped = one.network.counters().peers().get(strait.two.id).framesDropped();
      assertThat(dropped).isPositive();
      for (int i = 0; i < 200; i++) {
        one.network.send(strait.two.id, TestPeer.bytes("small"));
      }
      for (int i = 0; i < 50; i++) {
        awaitDelivery(one, three, "not delayed " + i);
      }
      assertThat(waiting(strait)).as("still held").isPositive();
      assertThat(one.network.counters().peers().get(three.id).framesDropped()).isZero();
      strait.heal();
      awaitDelivery(one, strait.two, "after all");
      Deadline.after(LONG).await("the queue is empty", () -> waiting(strait) == 0);
    }
  }

  private static long waiting(Strait strait) {
    return strait.one.network.counters().peers().get(strait.two.id).bytesWaiting();
  }
}
