package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Speaks the protocol, and says whatever it is told to. */
final class StrangeDialer {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Dialing dialing;

  private StrangeDialer(Transport transport) {
    this.dialing = new Dialing(transport, TestPeer.QUICK);
  }

  static StrangeDialer with(Security security) throws IOException {
    return new StrangeDialer(Transports.of(security, Optional.empty()));
  }

  /** Introduces itself under this place; gives back how the connection ended. */
  String connectAs(int id, InetSocketAddress to) throws IOException {
    return connect(to, hello(id));
  }

  static Packet hello(int id) {
    Member member = new Member(new MemberId(id), new Incarnation(1));
    Introduction who = new Introduction(member, Optional.of(TestPeer.OURS));
    return new Packet(Packet.Kind.HELLO, Bytes.of(HelloCodec.write(new Hello(who, Map.of()))));
  }

  /**
   * Sends these packets, as far as anybody takes them; gives back what was said last, or that
   * nothing was.
   */
  String connect(InetSocketAddress to, Packet... packets) throws IOException {
    try (Socket socket = Connection.unconnected()) {
      dialing.connect(socket, to);
      Connection connection = dialing.secure(socket, Optional.empty());
      connection.setPatience((int) PATIENCE.toMillis());
      for (Packet packet : packets) {
        connection.write(packet);
      }
      while (true) {
        Packet packet = connection.read(NetworkLimits.DEFAULT.frameBytes());
        if (packet.kind() == Packet.Kind.REFUSED) {
          return packet.text();
        }
      }
    } catch (RefusedException e) {
      throw new AssertionError("a member says what nobody says", e);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection did not end", e);
    } catch (java.io.EOFException | java.net.SocketException e) {
      return "closed without a word";
    }
  }
}
