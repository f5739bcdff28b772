package io.registrar.log.net;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.registrar.log.paxos.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The names of the clients' side on the wire. */
final class ClientProtocol {
  /** The request, in the headers, so that it is bounded before anybody is known. */
  static final Metadata.Key<byte[]> REQUEST =
      Metadata.Key.of("registrar-request-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** A request, whose message is empty, and the parts of the answer. */
  static final MethodDescriptor<Bytes, Bytes> ASK =
      MethodDescriptor.<Bytes, Bytes>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName(
              MethodDescriptor.generateFullMethodName("registrar.log.Clients", "Ask"))
          .setRequestMarshaller(new Part())
          .setResponseMarshaller(new Part())
          .build();

  private ClientProtocol() {}

  private static final class Part implements MethodDescriptor.Marshaller<Bytes> {
    @Override
    public InputStream stream(Bytes part) {
      return new ByteArrayInputStream(part.toArray());
    }

    @Override
    public Bytes parse(InputStream stream) {
      try {
        return Bytes.of(stream.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("what has been received can be read", e);
      }
    }
  }
}
