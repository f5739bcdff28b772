package io.registrar.log.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.tck.fault.Deadline;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a frame and its answer take, against two bare sockets in the same minute. */
@Tag("full")
class LatencyTest {
  private static final int ROUNDS = 20;
  private static final int TRIPS = 2_000;
  private static final byte[] PAYLOAD = new byte[300];

  @Test
  void aRoundTripIsNearThatOfABareSocket() throws Exception {
    long[] frames = new long[ROUNDS * TRIPS];
    long[] bare = new long[ROUNDS * TRIPS];
    BlockingQueue<Bytes> answers = new LinkedBlockingQueue<>();
    MemberId to = new MemberId(2);
    try (SocketPeerNetwork one = network(1);
        SocketPeerNetwork two = network(2);
        BareEcho echo = new BareEcho()) {
      one.start((from, frame) -> answers.add(frame));
      two.start((from, frame) -> two.send(from, frame));
      one.addresses().put(new MemberId(1), one.listening());
      two.addresses().put(new MemberId(1), one.listening());
      Bytes frame = Bytes.of(PAYLOAD);
      Deadline.after(Duration.ofSeconds(60))
          .await(
              "connected",
              () -> {
                PeerState state = one.counters().peers().get(to);
                return state != null && state.reach() != PeerState.Reach.NONE;
              });
      for (int i = 0; i < TRIPS; i++) {
        trip(one, to, frame, answers);
        echo.trip();
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < TRIPS; i++) {
          long begin = System.nanoTime();
          trip(one, to, frame, answers);
          frames[round * TRIPS + i] = System.nanoTime() - begin;
        }
        for (int i = 0; i < TRIPS; i++) {
          long begin = System.nanoTime();
          echo.trip();
          bare[round * TRIPS + i] = System.nanoTime() - begin;
        }
      }
    }
    Arrays.sort(frames);
    Arrays.sort(bare);
    double ratio = (double) frames[frames.length / 2] / bare[bare.length / 2];
    System.out.printf(
        "round trip of %d bytes: p50 %d us, p99 %d us; bare socket %d us, %d us; ratio %.1f%n",
        PAYLOAD.length,
        frames[frames.length / 2] / 1000,
        frames[frames.length * 99 / 100] / 1000,
        bare[bare.length / 2] / 1000,
        bare[bare.length * 99 / 100] / 1000,
        ratio);
    // Far above what was seen; a queue that waits to be flushed would be a thousand times.
    assertThat(ratio).as("frame to bare socket").isLessThan(50);
  }

  private static void trip(
      SocketPeerNetwork one, MemberId to, Bytes frame, BlockingQueue<Bytes> answers)
      throws InterruptedException {
    one.send(to, frame);
    assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo(frame);
  }

  private static SocketPeerNetwork network(int id) {
    NetworkOptions options = TestPeer.options(id, 0);
    Member member = new Member(options.self(), new Incarnation(id));
    return new SocketPeerNetwork(options, () -> new Introduction(member, Optional.empty()));
  }

  /** A thread that sends back what it is sent. */
  private static final class BareEcho implements AutoCloseable {
    private final ServerSocket listener;
    private final Socket socket;
    private final byte[] answer = new byte[PAYLOAD.length];

    BareEcho() throws IOException {
      listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(this::echo, "bare-echo");
      thread.setDaemon(true);
      thread.start();
      socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
      socket.setTcpNoDelay(true);
    }

    void trip() throws IOException {
      new DataOutputStream(socket.getOutputStream()).write(PAYLOAD);
      new DataInputStream(socket.getInputStream()).readFully(answer);
    }

    private void echo() {
      try (Socket accepted = listener.accept()) {
        accepted.setTcpNoDelay(true);
        byte[] buffer = new byte[PAYLOAD.length];
        DataInputStream in = new DataInputStream(accepted.getInputStream());
        while (true) {
          in.readFully(buffer);
          accepted.getOutputStream().write(buffer);
        }
      } catch (IOException closed) {
        // The test has ended, and its sockets with it.
        return;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
      listener.close();
    }
  }
}
