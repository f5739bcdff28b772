package io.registrar.log.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Bytes;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Packets over bytes, and what may be written without waiting. */
@Timeout(60)
class ConnectionTest {
  private ServerSocket listener;
  private Socket near;
  private Socket far;
  private Connection connection;
  private Connection other;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    near = Connection.unconnected();
    near.connect(listener.getLocalSocketAddress());
    far = Connection.prepared(listener.accept());
    connection = Connection.over(near, near);
    other = Connection.over(far, far);
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
    listener.close();
  }

  private static Packet frame(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return new Packet(Packet.Kind.FRAME, Bytes.of(content));
  }

  @Test
  void packetsOfAnySizeArriveAsTheyWereWritten() throws Exception {
    for (int size : new int[] {0, 1, 300, (32 << 10) - 14, (32 << 10) - 13, 32 << 10, 100_000}) {
      connection.write(frame(size));
      assertThat(other.read(100_000)).isEqualTo(frame(size));
    }
    for (Packet.Kind kind : Packet.Kind.values()) {
      connection.write(new Packet(kind, Bytes.EMPTY));
      assertThat(other.read(0).kind()).isEqualTo(kind);
    }
  }

  @Test
  void theFormOfAPacketIsAsDocumented() throws Exception {
    other.write(frame(5));
    connection.read(5);
    connection.write(frame(3));
    DataInputStream in = new DataInputStream(far.getInputStream());
    assertThat(in.readInt()).isEqualTo(3);
    assertThat(in.readByte()).isEqualTo((byte) 3);
    assertThat(in.readLong()).as("how much has come").isPositive();
    assertThat(in.readNBytes(3)).isEqualTo(frame(3).content().toArray());
  }

  /** Nobody reads at the other end: would the kernel not take it, this would wait for ever. */
  @Test
  void whatIsTakenAtOnceNeedsNobodyWhoReads() throws Exception {
    for (int size : new int[] {0, 10, 1_000, 10_000, 100_000}) {
      int written = 0;
      while (connection.takesAtOnce(frame(size))) {
        connection.write(frame(size));
        written++;
      }
      assertThat(written).as("packets of " + size + " bytes").isPositive();
      close();
      connect();
    }
  }

  @Test
  void whoeverHasReadMakesRoomOnceItSaysSo() throws Exception {
    int written = 0;
    while (connection.takesAtOnce(frame(1_000))) {
      connection.write(frame(1_000));
      written++;
    }
    for (int i = 0; i < written; i++) {
      other.read(1_000);
    }
    assertThat(connection.takesAtOnce(frame(1_000))).as("nobody has said so yet").isFalse();
    assertThat(other.owesWord()).isTrue();
    assertThat(other.owesWord()).as("asked for once").isFalse();
    other.write(Packet.pulse());
    connection.read(0);
    assertThat(connection.takesAtOnce(frame(100_000))).isTrue();
  }

  @Test
  void nobodyConfirmsMoreThanWasSent() throws Exception {
    far.getOutputStream().write(new byte[] {0, 0, 0, 0, 4, 127, -1, -1, -1, -1, -1, -1, -1});
    connection.read(0);
    int written = 0;
    while (connection.takesAtOnce(frame(1_000))) {
      connection.write(frame(1_000));
      written++;
    }
    assertThat(written).isLessThan(1_000);
  }

  @Test
  void whatIsTooLongIsRefusedFromItsLength() throws Exception {
    for (byte first : new byte[] {0, 127, -1}) {
      byte[] header = new byte[Connection.HEADER_BYTES];
      header[0] = first;
      header[1] = 1;
      header[4] = 3;
      far.getOutputStream().write(header);
      assertThatThrownBy(() -> connection.read(1_000))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.OVERSIZED));
    }
  }

  @Test
  void aPacketThatIsCutOffIsNone() throws Exception {
    connection.write(frame(100));
    byte[] whole = far.getInputStream().readNBytes(Connection.HEADER_BYTES + 100);
    for (int length : new int[] {0, 4, 12, 13, 50, 112}) {
      close();
      connect();
      near.getOutputStream().write(whole, 0, length);
      near.close();
      assertThatThrownBy(() -> other.read(1_000)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aTextIsShownInOneLineAndNotForEver() {
    assertThat(Packet.text(Packet.Kind.REFUSED, "x".repeat(5_000)).text()).hasSize(1_000);
    Bytes twoLines =
        Bytes.of("one\r\ntwo\u001b[2J".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(new Packet(Packet.Kind.REFUSED, twoLines).text()).isEqualTo("one  two [2J");
  }
}
