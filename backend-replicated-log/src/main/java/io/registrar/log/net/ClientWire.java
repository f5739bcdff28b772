package io.registrar.log.net;

import io.grpc.ClientCall;
import io.grpc.ManagedChannel;

/** The end of a stream that was dialed; its connection is for it alone. */
final class ClientWire implements Wire {
  private final ClientCall<PeerMessage, PeerMessage> call;
  private final ManagedChannel channel;

  ClientWire(ClientCall<PeerMessage, PeerMessage> call, ManagedChannel channel) {
    this.call = call;
    this.channel = channel;
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
    call.cancel(why, null);
    channel.shutdownNow();
  }
}
