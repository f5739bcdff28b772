package io.registrar.log.net;

import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.registrar.log.paxos.MemberId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What gRPC tells about a stream that was dialed, and which has a connection of its own. */
final class DialedStream extends ClientCall.Listener<PeerMessage> {
  private final MemberId peer;
  private final Switchboard board;
  private final ManagedChannel channel;
  private final Dialer dialer;
  private final PeerStream stream;
  private volatile @Nullable PeerLink link;

  DialedStream(
      MemberId peer,
      Switchboard board,
      ClientCall<PeerMessage, PeerMessage> call,
      ManagedChannel channel,
      Dialer dialer) {
    this.peer = peer;
    this.board = board;
    this.channel = channel;
    this.dialer = dialer;
    this.stream =
        new PeerStream(peer, new ClientWire(call, channel), board.options.limits(), board.meter);
  }

  void end(String why) {
    stream.end(why);
  }

  /** Gives up if the hello has not come by now. */
  void expectHello() {
    if (link == null) {
      stream.end("no hello in time");
    }
  }

  @Override
  public void onHeaders(Metadata headers) {
    try {
      Hello hello = HelloCodec.read(headers.get(PeerProtocol.HELLO));
      // Who answers has been checked against its certificate when the connection was made.
      board.vet(hello, Optional.empty());
      if (!hello.who().member().id().equals(peer)) {
        throw new RefusedException(
            Refusal.OTHER_MEMBER,
            hello.who().member() + " answered: check the address of member " + peer.value());
      }
      PeerLink opened = board.link(peer);
      link = opened;
      dialer.opened(hello.who().member());
      opened.dialed(stream, hello.who().member());
      if (!board.isForeign(hello)) {
        board.learn(peer, hello.addresses());
      }
    } catch (RefusedException e) {
      board.meter.refused(e.refusal(), peer, String.valueOf(e.getMessage()));
      stream.end(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void onMessage(PeerMessage message) {
    PeerLink opened = link;
    if (opened != null) {
      board.received(opened, stream, message);
    }
  }

  @Override
  public void onReady() {
    stream.ready();
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
      board.meter.refused(Refusal.OVERSIZED, peer, String.valueOf(status.getDescription()));
    }
    PeerLink opened = link;
    if (opened != null) {
      opened.ended(stream);
    }
    stream.end("it was closed from the other side");
    channel.shutdownNow();
    if (Failures.isRefused(status)) {
      dialer.refused();
    }
    dialer.ended(Failures.describe(status));
  }
}
