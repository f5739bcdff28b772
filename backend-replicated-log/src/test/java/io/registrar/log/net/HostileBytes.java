package io.registrar.log.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Sends bytes that nobody should send, and reads no answer. */
public final class HostileBytes {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SETTINGS = 4;
  private static final int MOST_ON_A_CONNECTION = 200;

  private final InetSocketAddress target;
  private final Random random;

  /** With a target, and random bytes that follow from a seed. */
  public HostileBytes(InetSocketAddress target, long seed) {
    this.target = target;
    this.random = new Random(seed);
  }

  /** Sends frames of HTTP/2 with random content, over as many connections as it takes. */
  public void sendFrames(int count) throws IOException {
    int left = count;
    while (left > 0) {
      try (Socket socket = open()) {
        OutputStream out = socket.getOutputStream();
        out.write(PREFACE);
        out.write(frame(SETTINGS, 0, 0, 0));
        int now = 1 + random.nextInt(Math.min(left, MOST_ON_A_CONNECTION));
        for (int i = 0; i < now; i++) {
          left--;
          out.write(
              frame(
                  random.nextInt(12), random.nextInt(256), random.nextInt(10), random.nextInt(64)));
        }
      } catch (java.net.SocketException closed) {
        // The other end has had enough of this connection, as it should.
        continue;
      }
    }
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

  /** Opens a connection that begins as HTTP/2 does, and says nothing more. */
  public Socket openHalf() throws IOException {
    Socket socket = open();
    socket.getOutputStream().write(PREFACE, 0, random.nextInt(PREFACE.length + 1));
    return socket;
  }

  private Socket open() throws IOException {
    return new Socket(target.getAddress(), target.getPort());
  }

  private byte[] frame(int type, int flags, int stream, int length) {
    byte[] payload = new byte[length];
    random.nextBytes(payload);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Now and then the length is a lie.
    int told = random.nextInt(20) == 0 ? random.nextInt(1 << 24) : length;
    out.write(told >> 16);
    out.write(told >> 8);
    out.write(told);
    out.write(type);
    out.write(flags);
    out.write(0);
    out.write(0);
    out.write(0);
    out.write(stream);
    out.writeBytes(payload);
    return out.toByteArray();
  }
}
