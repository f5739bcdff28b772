package io.registrar.log.net;

import static io.registrar.log.net.TestPeer.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients beside the members on one port. */
class LogClientTest {
  private static final Duration LONG = Deadline.scaled(Duration.ofSeconds(60));
  private static final MemberId SELF = new MemberId(1);

  private static SocketPeerNetwork serving(NetworkLimits limits, ClientRequests requests)
      throws IOException {
    SocketPeerNetwork network =
        new SocketPeerNetwork(
            TestPeer.options(1, 0).withLimits(limits),
            () -> new Introduction(new Member(SELF, new Incarnation(1)), Optional.empty()));
    network.serve(requests);
    network.start((from, frame) -> {});
    return network;
  }

  private static SocketPeerNetwork serving(ClientRequests requests) throws IOException {
    return serving(NetworkLimits.DEFAULT, requests);
  }

  @Test
  void everyKindOfRequestArrivesAsItWasAsked() throws IOException {
    List<ClientRequest> kinds =
        List.of(
            new ClientRequest.Status(),
            new ClientRequest.ReadState(),
            new ClientRequest.ReadChanges(Long.MAX_VALUE),
            new ClientRequest.ListMembers(),
            new ClientRequest.AddMember(
                new MemberId(4), InetSocketAddress.createUnresolved("host4.example", 5051)),
            new ClientRequest.PromoteMember(new MemberId(65_535)),
            new ClientRequest.RemoveMember(SELF));
    try (SocketPeerNetwork network =
            serving((request, answer) -> answer.send(bytes(request.toString())));
        LogClient client = LogClient.open(new Security.LoopbackOnly())) {
      for (ClientRequest request : kinds) {
        try (ClientAnswer answer = client.ask(network.listening(), request)) {
          assertThat(answer.next(LONG)).contains(bytes(request.toString()));
          assertThat(answer.next(LONG)).isEmpty();
          assertThat(answer.next(LONG)).isEmpty();
        }
      }
    }
  }

  @Test
  void aLongAnswerWaitsForASlowClient() throws IOException {
    AtomicInteger sent = new AtomicInteger();
    int parts = 200;
    Bytes part = Bytes.of(new byte[256 << 10]);
    ClientRequests writer =
        (request, answer) -> {
          for (int i = 0; i < parts; i++) {
            answer.send(part);
            sent.incrementAndGet();
          }
        };
    try (SocketPeerNetwork network = serving(writer);
        LogClient client = LogClient.open(new Security.LoopbackOnly());
        ClientAnswer answer = client.ask(network.listening(), new ClientRequest.ReadState())) {
      assertThat(answer.next(LONG)).contains(part);
      // The writer is ahead by what the window, the sockets and a few parts hold, and no more.
      Deadline.after(LONG).await("the writer is ahead", () -> sent.get() > 4);
      for (int i = 1; i < parts; i++) {
        assertThat(answer.next(LONG)).isPresent();
        assertThat(sent.get() - i).as("parts ahead").isLessThan(100);
      }
      assertThat(answer.next(LONG)).isEmpty();
    }
  }

  @Test
  void aRefusalIsToldInItsWords() throws IOException {
    ClientRequests refusing =
        (request, answer) -> {
          answer.send(bytes("waiting until it has caught up"));
          throw new RequestRefusedException("member 4 has not caught up: ask again later");
        };
    try (SocketPeerNetwork network = serving(refusing);
        LogClient client = LogClient.open(new Security.LoopbackOnly());
        ClientAnswer answer =
            client.ask(network.listening(), new ClientRequest.PromoteMember(new MemberId(4)))) {
      assertThat(answer.next(LONG)).contains(bytes("waiting until it has caught up"));
      assertThatThrownBy(() -> answer.next(LONG))
          .isInstanceOf(RequestRefusedException.class)
          .hasMessageContaining("member 4 has not caught up: ask again later");
    }
  }

  @Test
  void whoeverLeavesInterruptsTheAnswer() throws IOException, InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    ClientRequests endless =
        (request, answer) -> {
          answer.send(bytes("first"));
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
        };
    try (SocketPeerNetwork network = serving(endless);
        LogClient client = LogClient.open(new Security.LoopbackOnly())) {
      try (ClientAnswer answer =
          client.ask(network.listening(), new ClientRequest.ReadChanges(7))) {
        assertThat(answer.next(LONG)).contains(bytes("first"));
        assertThatThrownBy(() -> answer.next(Duration.ofMillis(1)))
            .isInstanceOf(SocketTimeoutException.class);
      }
      assertThat(interrupted.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Deadline.after(LONG)
          .await("its connection has gone", () -> network.counters().connections() == 0);
    }
  }

  @Test
  void moreRequestsThanThereAreThreadsAreRefused() throws IOException {
    CountDownLatch go = new CountDownLatch(1);
    ClientRequests waiting =
        (request, answer) -> {
          answer.send(bytes("begun"));
          go.await();
        };
    NetworkLimits two = new NetworkLimits(1 << 20, 1 << 20, 16, 16, 2);
    try (SocketPeerNetwork network = serving(two, waiting);
        LogClient client = LogClient.open(new Security.LoopbackOnly())) {
      List<ClientAnswer> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        answers.add(client.ask(network.listening(), new ClientRequest.Status()));
        assertThat(answers.get(i).next(LONG)).isPresent();
      }
      try (ClientAnswer third = client.ask(network.listening(), new ClientRequest.Status())) {
        assertThatThrownBy(() -> third.next(LONG))
            .isInstanceOf(IOException.class)
            .as("another time it may be answered")
            .isNotInstanceOf(RequestRefusedException.class)
            .hasMessageContaining("too many requests at a time");
      }
      go.countDown();
      for (ClientAnswer answer : answers) {
        assertThat(answer.next(LONG)).isEmpty();
        answer.close();
      }
    }
  }

  @Test
  void aMemberThatServesNobodySaysSo() throws IOException {
    try (TestPeer one = TestPeer.start(1);
        LogClient client = LogClient.open(new Security.LoopbackOnly());
        ClientAnswer answer = client.ask(one.address(), new ClientRequest.Status())) {
      assertThatThrownBy(() -> answer.next(LONG))
          .isInstanceOf(RequestRefusedException.class)
          .hasMessageContaining("this member answers no clients");
    }
  }

  @Test
  void nobodyThereIsSaidAtOnce() throws IOException {
    InetSocketAddress nobody;
    try (TestPeer one = TestPeer.start(1)) {
      nobody = one.address();
    }
    try (LogClient client = LogClient.open(new Security.LoopbackOnly());
        ClientAnswer answer = client.ask(nobody, new ClientRequest.Status())) {
      assertThatThrownBy(() -> answer.next(LONG))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("Connection refused");
    }
  }
}
