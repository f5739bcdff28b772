package io.registrar.log.net;

import io.grpc.ServerCall;

/** What gRPC tells about a stream that was accepted. */
final class AcceptedStream extends ServerCall.Listener<PeerMessage> {
  private final Switchboard board;
  private final PeerLink link;
  private final PeerStream stream;

  AcceptedStream(Switchboard board, PeerLink link, PeerStream stream) {
    this.board = board;
    this.link = link;
    this.stream = stream;
  }

  @Override
  public void onMessage(PeerMessage message) {
    board.received(link, stream, message);
  }

  @Override
  public void onReady() {
    stream.ready();
  }

  @Override
  public void onHalfClose() {
    stream.end("it was closed from the other side");
  }

  @Override
  public void onCancel() {
    gone();
  }

  @Override
  public void onComplete() {
    gone();
  }

  private void gone() {
    link.ended(stream);
    stream.end("it was closed from the other side");
  }
}
