package io.registrar.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {
  private static final int SHORT_MILLIS = 200;
  private static final int LONG_MILLIS = 20_000;

  private ServerSocket server;
  private TcpProxy proxy;
  private Socket client;
  private Socket accepted;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy = TcpProxy.to((InetSocketAddress) server.getLocalSocketAddress());
    client = newClient();
    accepted = server.accept();
    accepted.setSoTimeout(LONG_MILLIS);
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    accepted.close();
    proxy.close();
    server.close();
  }

  @Test
  void passesOnBothWays() throws Exception {
    send(client, "request");
    assertThat(receive(accepted, 7)).isEqualTo("request");
    send(accepted, "reply");
    assertThat(receive(client, 5)).isEqualTo("reply");
    assertThat(proxy.passed(Direction.TO_SERVER)).isEqualTo(7);
    assertThat(proxy.passed(Direction.TO_CLIENT)).isEqualTo(5);
    assertThat(proxy.connections()).isEqualTo(1);
  }

  @Test
  void losesTheReplyAfterTheRequestHasArrived() throws Exception {
    proxy.cutAfter(Direction.TO_CLIENT, 0);
    send(client, "request");
    assertThat(receive(accepted, 7)).isEqualTo("request");
    send(accepted, "reply");
    assertThat(endOf(client)).isEmpty();
    Deadline.after(Duration.ofSeconds(10)).await("cut", () -> proxy.connections() == 0);
  }

  @Test
  void cutsARequestAfterSoManyBytes() throws Exception {
    proxy.cutAfter(Direction.TO_SERVER, 3);
    send(client, "request");
    assertThat(endOf(accepted)).isEqualTo("req");
    assertThat(endOf(client)).isEmpty();
    try (Socket next = newClient();
        Socket again = server.accept()) {
      send(next, "request");
      assertThat(receive(again, 7)).isEqualTo("request");
    }
  }

  @Test
  void holdsBackAndReleases() throws Exception {
    proxy.hold(Direction.TO_CLIENT);
    send(client, "request");
    assertThat(receive(accepted, 7)).isEqualTo("request");
    send(accepted, "reply");
    client.setSoTimeout(SHORT_MILLIS);
    assertThatThrownBy(() -> receive(client, 5)).isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(LONG_MILLIS);
    proxy.release(Direction.TO_CLIENT);
    assertThat(receive(client, 5)).isEqualTo("reply");
  }

  @Test
  void delaysOneDirection() throws Exception {
    Duration delay = Duration.ofMillis(300);
    proxy.delay(Direction.TO_SERVER, delay);
    long began = System.nanoTime();
    send(client, "request");
    assertThat(receive(accepted, 7)).isEqualTo("request");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(delay);
    proxy.heal();
    send(accepted, "reply");
    assertThat(receive(client, 5)).isEqualTo("reply");
  }

  @Test
  void closesOneDirectionAlone() throws Exception {
    proxy.halfClose(Direction.TO_SERVER);
    assertThat(endOf(accepted)).isEmpty();
    send(accepted, "reply");
    assertThat(receive(client, 5)).isEqualTo("reply");
  }

  @Test
  void theEndOfAStreamIsPassedOn() throws Exception {
    send(client, "request");
    client.shutdownOutput();
    assertThat(endOf(accepted)).isEqualTo("request");
    send(accepted, "reply");
    accepted.close();
    assertThat(endOf(client)).isEqualTo("reply");
  }

  @Test
  void partitionsAndHeals() throws Exception {
    proxy.partition();
    assertThat(endOf(client)).isEmpty();
    try (Socket refused = newClient()) {
      assertThat(endOf(refused)).isEmpty();
    }
    proxy.heal();
    try (Socket again = newClient();
        Socket reached = server.accept()) {
      send(again, "request");
      assertThat(receive(reached, 7)).isEqualTo("request");
    }
  }

  @Test
  void endsThoughBytesAreHeldBack() throws Exception {
    proxy.hold(Direction.TO_SERVER);
    send(client, "request");
    proxy.close();
    proxy.close();
    assertThat(proxy.connections()).isZero();
    assertThat(endOf(client)).isEmpty();
  }

  private Socket newClient() throws IOException {
    Socket socket = new Socket();
    socket.connect(proxy.address());
    socket.setSoTimeout(LONG_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String receive(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
  }

  /** What comes until the connection ends; a reset is an end. */
  private static String endOf(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        text.append((char) c);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      return text.toString();
    }
    return text.toString();
  }
}
