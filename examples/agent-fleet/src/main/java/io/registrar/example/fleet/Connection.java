package io.registrar.example.fleet;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One connection to a master, kept for many requests: as much of HTTP/1.1 as an agent needs. The
 * JDK's client costs several times the processor time of the master that it talks to, and here both
 * share one machine.
 *
 * <p>Used by one thread at a time, but closed by any. After an exception it is of no more use.
 */
final class Connection implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 8_192;
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int DEFAULT_PORT = 80;

  private final Socket socket;
  private final InputStream in;
  private final String host;
  private volatile boolean reusable = true;

  private Connection(Socket socket, String host) throws IOException {
    this.socket = socket;
    this.host = host;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Connects.
   *
   * @param timeout to connect within, and later the longest wait for an answer
   */
  static Connection to(URI master, Duration connect, Duration timeout) throws IOException {
    int port = master.getPort() < 0 ? DEFAULT_PORT : master.getPort();
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(master.getHost(), port), (int) connect.toMillis());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) timeout.toMillis());
      return new Connection(socket, master.getAuthority());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a request and waits for its answer. */
  MasterClient.Answer.Status exchange(String method, String path, byte[] body) throws IOException {
    reusable = false; // until the answer is there
    byte[] head =
        (method
                + " "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\n"
                + "X-Registrar-Principal: agent-fleet\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    socket.getOutputStream().write(request);
    int code = status(line());
    int length = -1;
    boolean kept = true;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      } else if (lower.startsWith("connection:") && lower.contains("close")) {
        kept = false;
      }
    }
    if (length < 0 || length > MAX_BODY_BYTES) {
      throw new IOException("an answer of unknown or unreasonable length: " + length);
    }
    byte[] answer = in.readNBytes(length);
    if (answer.length < length) {
      throw new EOFException("the answer ended early");
    }
    reusable = kept;
    return new MasterClient.Answer.Status(code, new String(answer, StandardCharsets.UTF_8));
  }

  /** Whether the connection can carry another request. */
  boolean isReusable() {
    return reusable;
  }

  @Override
  public void close() throws IOException {
    reusable = false;
    socket.close();
  }

  private static int status(String line) throws IOException {
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("no HTTP answer: '" + line + "'");
    }
    return Integer.parseInt(parts[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0 || line.length() >= MAX_LINE_BYTES) {
        throw new EOFException("the connection ended within the head of an answer");
      }
      if (octet != '\r') {
        line.append((char) octet);
      }
    }
    return line.toString();
  }
}
