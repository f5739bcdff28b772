package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;

/**
 * Packets over a socket: the length of the content in four bytes, the kind in one, in eight how
 * much the sender has taken in on this connection, the content. Read by one thread, written by one
 * at a time; its figures and {@link #close} are for any.
 *
 * <p>The eight bytes are what lets a thread write that must not wait. What the other end has not
 * confirmed lies in the buffers of the two kernels; while that is less than they hold for certain,
 * the next write returns at once. It is counted in weight, because a kernel takes some two thousand
 * bytes for a packet of few.
 */
final class Connection {
  static final int HEADER_BYTES = 13;

  /** So much may be unconfirmed at most; half of what Linux grants unasked. */
  private static final long MOST_UNCONFIRMED = 200 << 10;

  private static final int PACKET_WEIGHT = 2_304;
  private static final int BUFFER_BYTES = 32 << 10;

  /** More than is granted by default: it then grants all that it does. */
  private static final int SEND_BUFFER_BYTES = 1 << 20;

  private final Socket raw;
  private final DataInputStream in;
  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final long window;
  private volatile long sent;
  private volatile long confirmed;
  private volatile long received;
  private volatile long told;

  private Connection(Socket raw, Socket secured) throws IOException {
    this.raw = raw;
    this.in = new DataInputStream(new BufferedInputStream(secured.getInputStream(), BUFFER_BYTES));
    this.out = secured.getOutputStream();
    this.window = Math.min(MOST_UNCONFIRMED, raw.getSendBufferSize() / 2);
  }

  /**
   * Speaks over a socket that is connected and secured.
   *
   * @param raw what is closed in the end: closing what secures it might wait for the other end
   */
  static Connection over(Socket raw, Socket secured) throws IOException {
    return new Connection(raw, secured);
  }

  /** A socket to connect with. Members are reached directly, whatever is said about proxies. */
  static Socket unconnected() throws SocketException {
    return prepared(new Socket(Proxy.NO_PROXY));
  }

  /** Sets what a socket of ours needs, and gives it back. */
  static Socket prepared(Socket socket) throws SocketException {
    socket.setTcpNoDelay(true);
    socket.setSendBufferSize(SEND_BUFFER_BYTES);
    return socket;
  }

  /**
   * The next packet.
   *
   * @param most the longest content that is taken; memory is used for what has come alone
   * @throws RefusedException it is longer, or of no known kind
   * @throws EOFException the other end has ended the connection
   * @throws IOException the connection is lost or closed
   */
  Packet read(int most) throws IOException, RefusedException {
    int length = in.readInt();
    int kind = in.readUnsignedByte();
    long taken = in.readLong();
    if (length < 0 || length > most) {
      throw new RefusedException(
          Refusal.OVERSIZED, "a packet of " + Integer.toUnsignedLong(length) + " bytes");
    }
    Packet.Kind known = Packet.Kind.of(kind);
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException();
    }
    received += weight(length);
    confirmed = Math.min(taken, sent);
    return new Packet(known, Bytes.of(content));
  }

  /** Writes a packet; waits only if it was not {@link #takesAtOnce}. */
  void write(Packet packet) throws IOException {
    int length = packet.content().size();
    long taking = received;
    told = taking;
    sent += weight(length);
    ByteBuffer bytes =
        HEADER_BYTES + length <= BUFFER_BYTES
            ? buffer.clear()
            : ByteBuffer.allocate(HEADER_BYTES + length);
    bytes.putInt(length).put((byte) packet.kind().code()).putLong(taking);
    packet.content().copyTo(bytes.array(), HEADER_BYTES);
    // In one piece: a packet that is cut costs the other end a second read.
    out.write(bytes.array(), 0, HEADER_BYTES + length);
  }

  /** Whether a packet can be written now without waiting for the other end. */
  boolean takesAtOnce(Packet packet) {
    return sent - confirmed + weight(packet.content().size()) <= window;
  }

  /**
   * Whether the other end should be told how much has come from it, because it might wait for that.
   * Asked by the thread that reads; true once each time.
   */
  boolean owesWord() {
    boolean owes = received - told > MOST_UNCONFIRMED / 4;
    if (owes) {
      told = received;
    }
    return owes;
  }

  /**
   * Reads on without looking at what comes, until the connection ends. The other end may still read
   * why it was refused; a reset, which bytes that are left unread cause, would take that away.
   */
  void drain() throws IOException {
    byte[] ignored = new byte[BUFFER_BYTES];
    int count = 0;
    while (count >= 0) {
      count = in.read(ignored);
    }
  }

  /** Ends a read that waits for longer than this many milliseconds; 0 for never. */
  void setPatience(int millis) throws SocketException {
    raw.setSoTimeout(millis);
  }

  SocketAddress remote() {
    return raw.getRemoteSocketAddress();
  }

  /** Closes the socket; whoever reads or writes fails. Idempotent. */
  void close() {
    close(raw);
  }

  /** Closes a socket; nothing can be done about one that cannot be closed. */
  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is given back all the same (close(2)); what was unsent is lost, as it may
      // be.
      return;
    }
  }

  private static long weight(int length) {
    return (long) PACKET_WEIGHT + HEADER_BYTES + length;
  }
}
