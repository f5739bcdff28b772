package io.registrar.log.net;

import java.io.IOException;

/** Reads a connection with a member, from the hellos to its end. */
final class Conversation {
  private final Switchboard board;
  private final Connection connection;

  Conversation(Switchboard board, Connection connection) {
    this.board = board;
    this.connection = connection;
  }

  /** Hands over what comes; gives back why nothing comes any more. */
  String follow(PeerLink link, PeerStream stream) {
    try {
      while (stream.ending().isEmpty()) {
        Packet packet = connection.read(board.options.limits().frameBytes());
        if (packet.kind() == Packet.Kind.REFUSED) {
          return "it has ended the connection: " + packet.text();
        }
        board.received(link, stream, packet);
      }
      return stream.ending().orElseThrow();
    } catch (RefusedException e) {
      board.meter.refused(e.refusal(), stream.peer(), String.valueOf(e.getMessage()));
      stream.end(e.refusal() + ": " + e.getMessage());
      return String.valueOf(e.getMessage());
    } catch (IOException e) {
      return stream.ending().orElse(Failures.describe(e));
    } finally {
      link.ended(stream);
      stream.end("it was closed from the other side");
    }
  }
}
