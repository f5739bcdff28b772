package io.registrar.log.net;

import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Sends bytes that nobody should send, and reads no answer. */
public final class HostileBytes {
  private static final int MOST_ON_A_CONNECTION = 200;

  private final InetSocketAddress target;
  private final Random random;

  /** With a target, and random bytes that follow from a seed. */
  public HostileBytes(InetSocketAddress target, long seed) {
    this.target = target;
    this.random = new Random(seed);
  }

  /**
   * Sends packets with random content, over as many connections as it takes; on some of them after
   * the hello of another ensemble's member, which is heard for a while, and then mostly frames,
   * which come to whoever reads the protocol.
   */
  public void sendFrames(int count) throws IOException {
    int left = count;
    while (left > 0) {
      try (Socket socket = open()) {
        OutputStream out = socket.getOutputStream();
        boolean introduced = random.nextInt(4) == 0;
        if (introduced) {
          out.write(hello());
        }
        int now = 1 + random.nextInt(Math.min(left, MOST_ON_A_CONNECTION));
        for (int i = 0; i < now; i++) {
          left--;
          byte[] payload = new byte[random.nextInt(64)];
          random.nextBytes(payload);
          boolean frame = introduced && random.nextInt(50) != 0;
          // Now and then the length is a lie.
          int told = !frame && random.nextInt(20) == 0 ? random.nextInt() : payload.length;
          int kind = frame ? Packet.Kind.FRAME.code() : random.nextInt(12);
          out.write(packet(told, kind, payload));
        }
      } catch (java.net.SocketException closed) {
        // The other end has had enough of this connection, as it should.
        continue;
      }
    }
  }

  private static byte[] hello() {
    Member stray = new Member(new MemberId(77), new Incarnation(1));
    Introduction who = new Introduction(stray, Optional.of(new EnsembleId(7, 7)));
    byte[] hello = HelloCodec.write(new Hello(who, Map.of()));
    return packet(hello.length, Packet.Kind.HELLO.code(), hello);
  }

  /** Opens a connection, sends random bytes, and leaves. */
  void sendGarbage() throws IOException {
    try (Socket socket = open()) {
      byte[] garbage = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(garbage);
      socket.getOutputStream().write(garbage);
    } catch (java.net.SocketException closed) {
      // As above: nobody has to listen to this to its end.
      return;
    }
  }

  /** Opens a connection that begins as a member's does, and says nothing more. */
  public Socket openHalf() throws IOException {
    Socket socket = open();
    byte[] hello = hello();
    socket.getOutputStream().write(hello, 0, random.nextInt(hello.length));
    return socket;
  }

  private Socket open() throws IOException {
    return new Socket(target.getAddress(), target.getPort());
  }

  private static byte[] packet(int length, int kind, byte[] payload) {
    return ByteBuffer.allocate(Connection.HEADER_BYTES + payload.length)
        .putInt(length)
        .put((byte) kind)
        .putLong(0)
        .put(payload)
        .array();
  }
}
