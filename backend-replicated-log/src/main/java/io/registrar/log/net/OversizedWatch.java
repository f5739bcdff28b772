package io.registrar.log.net;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Notices messages over the limit. gRPC refuses them from their length alone, but tells the handler
 * of the call only that the call is over.
 */
final class OversizedWatch extends ServerStreamTracer.Factory {
  private final Meter meter;
  private final ConnectionGate gate;

  OversizedWatch(Meter meter, ConnectionGate gate) {
    this.meter = meter;
    this.gate = gate;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      private volatile @Nullable SocketAddress remote;

      @Override
      public void serverCallStarted(ServerCallInfo<?, ?> call) {
        remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      }

      @Override
      public void streamClosed(Status status) {
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
          String why = String.valueOf(status.getDescription());
          meter.refused(Refusal.OVERSIZED, String.valueOf(remote), why);
          gate.dismiss(remote);
        }
      }
    };
  }
}
