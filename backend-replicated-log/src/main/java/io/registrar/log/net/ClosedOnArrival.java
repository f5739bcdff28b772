package io.registrar.log.net;

import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;

/**
 * Closes a connection as soon as it belongs to an event loop. Closed before that, Netty would write
 * a stack to the log for each.
 */
@Sharable
final class ClosedOnArrival extends ChannelHandlerAdapter {
  static final ClosedOnArrival HANDLER = new ClosedOnArrival();

  private ClosedOnArrival() {}

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().close();
  }
}
