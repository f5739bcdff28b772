package io.registrar.log.net;

import static io.registrar.log.net.TestPeer.awaitBoth;
import static io.registrar.log.net.TestPeer.bytes;
import static io.registrar.log.net.TestPeer.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.Bytes;
import io.registrar.tck.fault.Deadline;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever reaches the port, two members go on as if nothing were, and memory stays bounded. */
class HostilePeersTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration NEVER = Duration.ofMinutes(10);
  private static final long SEED = 20261121;
  private static final long GROWTH = 32 << 20;

  private static StrangeDialer stranger;

  private TestPeer one;
  private TestPeer two;
  private InetSocketAddress port;
  private LogWatch log;
  private long before;
  private int exchanged;

  @BeforeAll
  static void prepare() throws IOException {
    stranger = StrangeDialer.with(new Security.LoopbackOnly());
  }

  @BeforeEach
  void connect() throws IOException {
    one = start(1);
    two = start(2);
    one.knows(two);
    awaitBoth(one, two);
    port = one.address();
    exchange();
    before = usedHeap();
    log = new LogWatch();
  }

  /** Nothing is noticed as silent, so that a frame that is missing has another cause. */
  private static TestPeer start(int id) throws IOException {
    NetworkTiming timing =
        new NetworkTiming(
            Duration.ofMillis(100),
            NEVER,
            Duration.ofMillis(500),
            Duration.ofMillis(20),
            Duration.ofMillis(200));
    return TestPeer.start(options(id, 0).withTiming(timing), Optional.of(TestPeer.OURS));
  }

  @AfterEach
  void close() {
    log.close();
    one.close();
    two.close();
  }

  @Test
  void aFrameOverTheLimitEndsItsConnection() throws IOException {
    byte[] large = new byte[NetworkLimits.DEFAULT.frameBytes() + 1];
    stranger.connect(port, StrangeDialer.hello(3), new Packet(Packet.Kind.FRAME, Bytes.of(large)));
    Deadline.after(LONG).await("it is counted", () -> one.refused(Refusal.OVERSIZED) == 1);
    assertNothingHappened();
  }

  @Test
  void aPacketThatNobodySendsEndsItsConnection() throws IOException {
    List<Packet> packets =
        List.of(
            StrangeDialer.hello(3),
            new Packet(Packet.Kind.PULSE, Bytes.of((byte) 2)),
            new Packet(Packet.Kind.ADDRESSES, Bytes.EMPTY),
            new Packet(Packet.Kind.ADDRESSES, Bytes.of((byte) 1, (byte) 0, (byte) 0)),
            new Packet(Packet.Kind.ADDRESSES, Bytes.of((byte) -1)),
            new Packet(Packet.Kind.ADDRESSES, Bytes.of((byte) 0, (byte) 0)),
            new Packet(
                Packet.Kind.ADDRESSES,
                Bytes.of((byte) 1, (byte) 0, (byte) 9, (byte) 0, (byte) 9, (byte) 0)),
            new Packet(Packet.Kind.REQUEST, Bytes.of((byte) 1, (byte) 1)),
            new Packet(Packet.Kind.PART, Bytes.EMPTY),
            new Packet(Packet.Kind.END, Bytes.EMPTY));
    for (Packet packet : packets) {
      assertThat(stranger.connect(port, StrangeDialer.hello(3), packet)).contains("MALFORMED");
    }
    assertThat(one.refused(Refusal.MALFORMED)).isEqualTo(packets.size());
    assertNothingHappened();
  }

  @Test
  void aKindThatNobodyKnowsEndsItsConnection() throws IOException {
    byte[] hello = StrangeDialer.hello(3).content().toArray();
    for (int kind : new int[] {0, 11, 127, 255}) {
      try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
        socket.setSoTimeout((int) LONG.toMillis());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(hello.length);
        out.writeByte(Packet.Kind.HELLO.code());
        out.writeLong(0);
        out.write(hello);
        out.writeInt(0);
        out.writeByte(kind);
        out.writeLong(0);
        assertThat(socket.getInputStream().readAllBytes()).asString().contains("of kind " + kind);
      }
    }
    assertThat(one.refused(Refusal.MALFORMED)).isEqualTo(4);
    assertNothingHappened();
  }

  @Test
  void aHelloThatIsNotOursIsRefused() throws IOException {
    byte[] good = StrangeDialer.hello(3).content().toArray();
    List<byte[]> hellos = new ArrayList<>();
    for (int length = 0; length < good.length; length++) {
      hellos.add(java.util.Arrays.copyOf(good, length));
    }
    hellos.add(java.util.Arrays.copyOf(good, good.length + 1));
    byte[] otherMagic = good.clone();
    otherMagic[0]++;
    hellos.add(otherMagic);
    assertThat(stranger.connect(port, Packet.pulse())).contains("NOT_OURS");
    assertThat(stranger.connect(port, new Packet(Packet.Kind.REQUEST, Bytes.EMPTY)))
        .contains("answers no clients");
    for (byte[] hello : hellos) {
      assertThat(stranger.connect(port, new Packet(Packet.Kind.HELLO, Bytes.of(hello))))
          .contains("NOT_OURS");
    }
    assertThat(one.refused(Refusal.NOT_OURS)).isEqualTo(hellos.size() + 2);
    assertNothingHappened();
  }

  @Test
  void garbageIsCountedAndForgotten() throws IOException {
    HostileBytes hostile = new HostileBytes(port, SEED);
    for (int i = 0; i < 200; i++) {
      hostile.sendGarbage();
    }
    Deadline.after(LONG).await("it is counted", () -> refusedStrangers() >= 200);
    assertNothingHappened();
  }

  @Test
  void twentyThousandHostileFramesDoNothing() throws IOException {
    new HostileBytes(port, SEED).sendFrames(20_000);
    assertNothingHappened();
  }

  @Test
  @Tag("full")
  void aMillionHostileFramesDoNothing() throws IOException {
    HostileBytes hostile = new HostileBytes(port, SEED);
    for (int i = 0; i < 100; i++) {
      hostile.sendFrames(10_000);
      exchange();
    }
    assertNothingHappened();
  }

  @Test
  void aThousandIdleConnectionsKeepNobodyOut() throws IOException {
    List<Socket> idle = new ArrayList<>();
    HostileBytes hostile = new HostileBytes(port, SEED);
    try {
      for (int i = 0; i < 1_000; i++) {
        idle.add(hostile.openHalf());
        assertThat(one.network.counters().strangers())
            .isLessThanOrEqualTo(NetworkLimits.DEFAULT.strangers());
        if (i % 50 == 0) {
          exchange();
        }
      }
      try (TestPeer three = start(3)) {
        three.knows(one);
        awaitBoth(one, three);
      }
      Deadline.after(LONG).await("all of them have been closed", () -> refusedStrangers() >= 1_000);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
    assertNothingHappened();
  }

  private long refusedStrangers() {
    return one.refused(Refusal.NO_HELLO)
        + one.refused(Refusal.NOT_OURS)
        + one.refused(Refusal.TOO_MANY_STRANGERS);
  }

  /** One frame each way, over connections that nothing has happened to. */
  private void exchange() {
    String text = "exchange " + exchanged++;
    one.network.send(two.id, bytes(text));
    assertThat(two.receives(one, bytes(text), Deadline.scaled(LONG))).isTrue();
    two.network.send(one.id, bytes(text));
    assertThat(one.receives(two, bytes(text), Deadline.scaled(LONG))).isTrue();
  }

  private void assertNothingHappened() {
    exchange();
    assertThat(one.network.counters().peers().get(two.id).framesDropped()).isZero();
    assertThat(one.reach(two)).isEqualTo(PeerState.Reach.BOTH);
    Deadline.after(LONG)
        .await(
            "the strangers are gone, not " + one.network.counters(),
            () -> one.network.counters().strangers() == 0);
    assertThat(log.stacks).isEmpty();
    assertThat(log.lines).hasSizeLessThan(100);
    Deadline.after(LONG).await("the heap is as it was", () -> usedHeap() - before < GROWTH);
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
