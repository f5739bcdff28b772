package io.registrar.log.net;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;

/** A listening socket that shows each connection to the gate before anyone else sees it. */
final class GatedServerChannel extends NioServerSocketChannel {
  private final ConnectionGate gate;

  GatedServerChannel(ConnectionGate gate) {
    this.gate = gate;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int before = accepted.size();
    int count = super.doReadMessages(accepted);
    for (Object channel : accepted.subList(before, accepted.size())) {
      gate.accepted((Channel) channel);
    }
    return count;
  }
}
