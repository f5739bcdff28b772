package io.registrar.log.net;

import static io.registrar.log.net.TestPeer.awaitBoth;
import static io.registrar.log.net.TestPeer.awaitDelivery;
import static io.registrar.log.net.TestPeer.bytes;
import static io.registrar.log.net.TestPeer.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Members on one machine that find one another, lose one another, and are told apart. */
class SocketPeerNetworkTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void threeMembersExchangeFrames() throws IOException {
    try (TestPeer one = TestPeer.start(1);
        TestPeer two = TestPeer.start(2);
        TestPeer three = TestPeer.start(3)) {
      // Two knows one, three knows one, and hears of two from it.
      two.knows(one);
      three.knows(one);
      awaitBoth(one, two, three);
      awaitDelivery(one, two, "1 to 2");
      awaitDelivery(two, three, "2 to 3");
      awaitDelivery(three, two, "3 to 2");
      awaitDelivery(three, one, "3 to 1");
    }
  }

  @Test
  void aLargeFrameArrivesWhole() throws IOException {
    byte[] large = new byte[4 << 20];
    new java.util.Random(1).nextBytes(large);
    try (TestPeer one = TestPeer.start(1);
        TestPeer two = TestPeer.start(2)) {
      two.knows(one);
      awaitBoth(one, two);
      one.network.send(two.id, Bytes.of(large));
      assertThat(two.receives(one, Bytes.of(large), Deadline.scaled(LONG))).isTrue();
    }
  }

  @Test
  void aMemberThatComesBackOnItsPortIsReachedAgain() throws IOException {
    try (TestPeer one = TestPeer.start(1)) {
      int port;
      try (TestPeer two = TestPeer.start(2)) {
        port = two.address().getPort();
        one.knows(two);
        awaitBoth(one, two);
      }
      Deadline.after(LONG)
          .await(
              "the loss is noticed",
              () ->
                  one.network.counters().peers().get(new MemberId(2)).reach()
                      == PeerState.Reach.NONE);
      try (TestPeer again = TestPeer.start(options(2, port), Optional.of(TestPeer.OURS))) {
        awaitBoth(one, again);
        awaitDelivery(one, again, "welcome back");
        awaitDelivery(again, one, "thanks");
      }
    }
  }

  @Test
  void theEndOfAProcessIsToldOnce() throws Exception {
    try (TestPeer one = TestPeer.start(1);
        TestPeer three = TestPeer.start(3)) {
      one.knows(three);
      try (TestPeer two = TestPeer.start(2)) {
        one.knows(two);
        awaitBoth(one, two, three);
        assertThat(one.ended).isEmpty();
      }
      assertThat(one.ended.poll(LONG.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new Member(new MemberId(2), new Incarnation(102)));
      assertThat(three.ended.poll(LONG.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new Member(new MemberId(2), new Incarnation(102)));
      awaitDelivery(one, three, "many dials later");
      assertThat(one.ended).isEmpty();
    }
  }

  @Test
  void oneThatDialsItselfIsRefused() throws IOException {
    try (TestPeer one = TestPeer.start(1);
        TestPeer twin = TestPeer.start(1)) {
      one.network.addresses().put(new MemberId(2), twin.address());
      Deadline.after(LONG).await("the twin refuses", () -> twin.refused(Refusal.OWN_PLACE) > 0);
      assertThat(one.network.counters().peers().get(new MemberId(2)).reach())
          .isEqualTo(PeerState.Reach.NONE);
      Deadline.after(LONG)
          .await(
              "the one that dialed says why",
              () ->
                  one.network
                      .counters()
                      .peers()
                      .get(new MemberId(2))
                      .failure()
                      .orElse("")
                      .contains("it says that it is member 1"));
    }
  }

  @Test
  void anotherMemberThanTheDialedOneIsRefused() throws IOException {
    try (TestPeer one = TestPeer.start(1);
        TestPeer two = TestPeer.start(2)) {
      one.network.addresses().put(new MemberId(3), two.address());
      Deadline.after(LONG).await("it is noticed", () -> one.refused(Refusal.OTHER_MEMBER) > 0);
      assertThat(one.network.counters().peers().get(new MemberId(3)).reach())
          .isEqualTo(PeerState.Reach.NONE);
    }
  }

  @Test
  void aMemberOfAnotherEnsembleIsHeardButNotAnswered() throws IOException {
    Optional<EnsembleId> other = Optional.of(new EnsembleId(2, 2));
    try (TestPeer one = TestPeer.start(1);
        TestPeer two = TestPeer.start(2);
        TestPeer stray = TestPeer.start(options(2, 0), other)) {
      one.knows(two);
      awaitBoth(one, two);
      stray.network.addresses().put(one.id, one.address());
      Deadline.after(LONG).await("it is counted", () -> one.refused(Refusal.OTHER_ENSEMBLE) > 0);
      awaitDelivery(stray, one, "you are named by us");
      for (int i = 0; i < 100; i++) {
        awaitDelivery(one, two, "to the real one " + i);
      }
      assertThat(stray.mailbox).isEmpty();
      assertThat(one.network.addresses().find(two.id).orElseThrow().getPort())
          .isEqualTo(two.address().getPort());
    }
  }

  @Test
  void aMemberWithoutAnEnsembleIsTaken() throws IOException {
    try (TestPeer one = TestPeer.start(1);
        TestPeer empty = TestPeer.start(options(2, 0), Optional.empty())) {
      empty.knows(one);
      awaitBoth(one, empty);
      awaitDelivery(one, empty, "hello");
    }
  }

  @Test
  void aMemberThatMovesIsFound() throws IOException {
    try (TestPeer one = TestPeer.start(1);
        TestPeer three = TestPeer.start(3)) {
      InetSocketAddress before;
      try (TestPeer two = TestPeer.start(2)) {
        before = two.address();
        one.knows(two);
        three.knows(one);
        awaitBoth(one, two, three);
      }
      try (TestPeer moved = TestPeer.start(2)) {
        assertThat(moved.address()).isNotEqualTo(before);
        moved.knows(one);
        moved.knows(three);
        awaitBoth(one, moved, three);
      }
    }
  }

  @Test
  void withoutTlsNothingOutsideThisMachineIsListenedToOrDialed() throws IOException {
    NetworkOptions everywhere =
        NetworkOptions.of(new MemberId(1), new InetSocketAddress("0.0.0.0", 0));
    assertThatThrownBy(() -> TestPeer.start(everywhere, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside this machine")
        .hasMessageContaining("--log_tls_cert")
        .hasMessageContaining("--log_insecure");
    try (TestPeer one = TestPeer.start(1)) {
      // An address that is kept for documentation (RFC 5737): nobody is there.
      one.network.addresses().put(new MemberId(2), new InetSocketAddress("192.0.2.1", 1));
      Deadline.after(LONG)
          .await(
              "it is refused",
              () ->
                  one.network
                      .counters()
                      .peers()
                      .get(new MemberId(2))
                      .failure()
                      .orElse("")
                      .contains("outside this machine"));
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (TestPeer one = TestPeer.start(1)) {
      int port = one.address().getPort();
      assertThatThrownBy(() -> TestPeer.start(options(2, port), Optional.empty()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("member 2 cannot listen at")
          .hasMessageContaining(String.valueOf(port));
    }
  }

  @Test
  void aFrameToNobodyIsForgottenAndCounted() throws IOException {
    try (TestPeer one = TestPeer.start(1)) {
      one.network.send(new MemberId(9), bytes("lost"));
      assertThat(one.network.counters().framesDropped()).isEqualTo(1);
    }
  }

  @Test
  void whoeverTakesAConnectionAndSaysNothingIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestPeer one = TestPeer.start(1)) {
      one.network
          .addresses()
          .put(
              new MemberId(2),
              new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort()));
      Deadline.after(LONG)
          .await(
              "it is given up",
              () ->
                  one.network
                      .counters()
                      .peers()
                      .get(new MemberId(2))
                      .failure()
                      .orElse("")
                      .contains("no hello in time"));
    }
  }

  @Test
  void closingTwiceIsNoError() throws IOException {
    TestPeer one = TestPeer.start(1);
    one.close();
    one.close();
    assertThatThrownBy(() -> one.network.start((from, frame) -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
