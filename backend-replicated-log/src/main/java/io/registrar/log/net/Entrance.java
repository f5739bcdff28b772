package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** Where connections come in: its first packet tells whose it is. */
final class Entrance {
  private final Transport transport;
  private final ConnectionGate gate;
  private final Meter meter;
  private final PeerEntrance peers;
  private final Optional<ClientEntrance> clients;

  Entrance(
      Transport transport,
      ConnectionGate gate,
      Meter meter,
      PeerEntrance peers,
      Optional<ClientEntrance> clients) {
    this.transport = transport;
    this.gate = gate;
    this.meter = meter;
    this.peers = peers;
    this.clients = clients;
  }

  /** Serves a connection to its end, on this thread. */
  void serve(Socket accepted) {
    String why = "it was ended here";
    try {
      Socket secured = transport.accepted(Connection.prepared(accepted));
      converse(accepted, secured, Connection.over(accepted, secured));
    } catch (IOException e) {
      why = Failures.describe(e);
    } catch (RejectedExecutionException e) {
      why = "this member closes its network";
    } finally {
      gate.left(accepted, why);
    }
  }

  private void converse(Socket accepted, Socket secured, Connection connection) throws IOException {
    try {
      Packet first = first(connection);
      Optional<Set<MemberId>> certified = transport.certified(secured);
      if (first.kind() == Packet.Kind.HELLO) {
        peers.welcome(accepted, connection, first, certified);
      } else if (first.kind() == Packet.Kind.REQUEST && clients.isPresent()) {
        clients.get().answer(accepted, connection, first);
      } else if (first.kind() == Packet.Kind.REQUEST) {
        throw new RefusedException(Refusal.NOT_OURS, "this member answers no clients");
      } else {
        throw new RefusedException(Refusal.NOT_OURS, "it did not introduce itself");
      }
    } catch (RefusedException e) {
      meter.refused(e.refusal(), connection.remote(), String.valueOf(e.getMessage()));
      gate.dismiss(accepted);
      // A client may try again where there are too many.
      Packet.Kind kind =
          e.refusal() == Refusal.TOO_MANY_REQUESTS ? Packet.Kind.FAILED : Packet.Kind.REFUSED;
      connection.write(Packet.text(kind, e.refusal() + ": " + e.getMessage()));
      connection.drain();
    }
  }

  /** Whatever cannot be read so early is another protocol. */
  private static Packet first(Connection connection) throws IOException, RefusedException {
    try {
      return connection.read(HelloCodec.MOST_BYTES);
    } catch (RefusedException e) {
      throw new RefusedException(
          Refusal.NOT_OURS, "its first bytes cannot be read: " + e.getMessage());
    }
  }
}
