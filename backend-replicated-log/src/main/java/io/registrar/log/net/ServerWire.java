package io.registrar.log.net;

import io.grpc.ServerCall;
import io.grpc.Status;

/** The end of a stream that was accepted. */
final class ServerWire implements Wire {
  private final ServerCall<PeerMessage, PeerMessage> call;
  private final Runnable leave;

  /**
   * Wraps a call.
   *
   * @param leave closes the connection under it
   */
  ServerWire(ServerCall<PeerMessage, PeerMessage> call, Runnable leave) {
    this.call = call;
    this.leave = leave;
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void send(PeerMessage message) {
    call.sendMessage(message);
  }

  @Override
  public void askForMore() {
    call.request(1);
  }

  @Override
  public void end(String why) {
    call.close(Status.ABORTED.withDescription(why), new io.grpc.Metadata());
    leave.run();
  }
}
