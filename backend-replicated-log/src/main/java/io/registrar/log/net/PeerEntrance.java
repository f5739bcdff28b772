package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Where the connections that members dial come in. Thread-safe. */
final class PeerEntrance {
  private final Switchboard board;
  private final ConnectionGate gate;
  private final ScheduledExecutorService timer;

  PeerEntrance(Switchboard board, ConnectionGate gate, ScheduledExecutorService timer) {
    this.board = board;
    this.gate = gate;
    this.timer = timer;
  }

  /**
   * Takes whoever introduces itself as a member, and hears it to its end, on this thread.
   *
   * @param certified whom its certificate names; empty where there is no TLS
   * @throws RefusedException it is not taken
   * @throws IOException it left at once
   */
  void welcome(
      Socket accepted, Connection connection, Packet first, Optional<Set<MemberId>> certified)
      throws IOException, RefusedException {
    Hello hello = HelloCodec.read(first.content().toArray());
    board.vet(hello, certified);
    MemberId peer = hello.who().member().id();
    boolean foreign = board.isForeign(hello);
    gate.admit(accepted);
    // The answer goes first: a stream that is known is sent to at once.
    connection.write(board.introduction());
    PeerStream stream = board.stream(peer, connection, () -> gate.dismiss(accepted));
    PeerLink link = board.link(peer);
    if (foreign) {
      visit(hello, link, stream, connection);
    } else {
      link.accepted(stream, hello.who().member());
      board.learn(peer, hello.addresses());
    }
    new Conversation(board, connection).follow(link, stream);
    // Ended from here, it may still read why; ended from there, this ends at once.
    connection.drain();
  }

  /**
   * Hears a member of another ensemble for a moment. Were it refused outright, a replica that has
   * founded an ensemble alone could not be told that another one names it.
   */
  private void visit(Hello hello, PeerLink link, PeerStream stream, Connection connection) {
    String ensemble = hello.who().ensemble().map(Object::toString).orElse("none");
    String why = "it belongs to ensemble " + ensemble + ", and this member to another";
    String whom = hello.who().member() + " at " + connection.remote();
    board.meter.refused(Refusal.OTHER_ENSEMBLE, whom, why);
    link.visited(stream);
    long moment = board.options.timing().hello().toMillis();
    timer.schedule(() -> stream.end(why), moment, TimeUnit.MILLISECONDS);
  }
}
