package io.registrar.log.net;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** The names of the peers' side on the wire. */
final class PeerProtocol {
  /** The hello, in the headers of both directions, so that it is bounded and comes first. */
  static final Metadata.Key<byte[]> HELLO =
      Metadata.Key.of("registrar-hello-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** One stream of messages each way, for as long as the connection lasts. */
  static final MethodDescriptor<PeerMessage, PeerMessage> CONNECT =
      MethodDescriptor.<PeerMessage, PeerMessage>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(
              MethodDescriptor.generateFullMethodName("registrar.log.Peers", "Connect"))
          .setRequestMarshaller(new PeerMessageMarshaller())
          .setResponseMarshaller(new PeerMessageMarshaller())
          .build();

  /** The largest headers that are read. */
  static final int HEADER_BYTES = 16 << 10;

  private PeerProtocol() {}

  static Metadata headers(Hello hello) {
    Metadata headers = new Metadata();
    headers.put(HELLO, HelloCodec.write(hello));
    return headers;
  }
}
