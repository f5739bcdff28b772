package io.registrar.log.net;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.registrar.log.paxos.MemberId;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Where the streams that members dial come in. Called on the event loops. */
final class PeerEntrance implements ServerCallHandler<PeerMessage, PeerMessage> {
  private final Switchboard board;
  private final ConnectionGate gate;
  private final Transport transport;
  private final ScheduledExecutorService timer;

  PeerEntrance(
      Switchboard board, ConnectionGate gate, Transport transport, ScheduledExecutorService timer) {
    this.board = board;
    this.gate = gate;
    this.transport = transport;
    this.timer = timer;
  }

  @Override
  public ServerCall.Listener<PeerMessage> startCall(
      ServerCall<PeerMessage, PeerMessage> call, Metadata headers) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    try {
      Hello hello = HelloCodec.read(headers.get(PeerProtocol.HELLO));
      Optional<Set<MemberId>> certified =
          transport.certified(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
      board.vet(hello, certified);
      return welcome(hello, call, remote);
    } catch (RefusedException e) {
      board.meter.refused(e.refusal(), String.valueOf(remote), String.valueOf(e.getMessage()));
      Status status = Status.PERMISSION_DENIED.withDescription(e.refusal() + ": " + e.getMessage());
      call.close(status, new Metadata());
      gate.dismiss(remote);
      return new ServerCall.Listener<>() {};
    }
  }

  private ServerCall.Listener<PeerMessage> welcome(
      Hello hello, ServerCall<PeerMessage, PeerMessage> call, SocketAddress remote) {
    MemberId peer = hello.who().member().id();
    boolean foreign = board.isForeign(hello);
    gate.admit(remote);
    // The answer goes first: a stream that is known is sent to at once.
    call.sendHeaders(PeerProtocol.headers(board.hello()));
    PeerStream stream =
        new PeerStream(
            peer,
            new ServerWire(call, () -> gate.dismiss(remote)),
            board.options.limits(),
            board.meter);
    PeerLink link = board.link(peer);
    call.request(1);
    if (foreign) {
      visit(hello, link, stream, remote);
    } else {
      link.accepted(stream, hello.who().member());
      board.learn(peer, hello.addresses());
    }
    return new AcceptedStream(board, link, stream);
  }

  /**
   * Hears a member of another ensemble for a moment. Were it refused outright, a replica that has
   * founded an ensemble alone could not be told that another one names it.
   */
  private void visit(Hello hello, PeerLink link, PeerStream stream, SocketAddress remote) {
    String ensemble = hello.who().ensemble().map(Object::toString).orElse("none");
    String why = "it belongs to ensemble " + ensemble + ", and this member to another";
    board.meter.refused(Refusal.OTHER_ENSEMBLE, hello.who().member() + " at " + remote, why);
    link.visited(stream);
    long moment = board.options.timing().hello().toMillis();
    timer.schedule(() -> stream.end(why), moment, TimeUnit.MILLISECONDS);
  }
}
