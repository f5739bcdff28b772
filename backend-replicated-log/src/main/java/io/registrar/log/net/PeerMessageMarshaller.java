package io.registrar.log.net;

import io.grpc.MethodDescriptor.Marshaller;
import io.registrar.log.paxos.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Messages as bytes: one that tells the kind, then the content. Reading never throws: gRPC would
 * write an exception with its stack to the log, and whoever sends garbage would fill it.
 */
final class PeerMessageMarshaller implements Marshaller<PeerMessage> {
  private static final int FRAME = 1;
  private static final int PULSE = 2;
  private static final int ADDRESSES = 3;

  /** What a message has beside the content of its frame. */
  static final int OVERHEAD = 1;

  private static final PeerMessage.Pulse A_PULSE = new PeerMessage.Pulse();

  @Override
  public InputStream stream(PeerMessage message) {
    return new ByteArrayInputStream(encode(message));
  }

  private static byte[] encode(PeerMessage message) {
    if (message instanceof PeerMessage.Frame frame) {
      byte[] content = frame.content().toArray();
      byte[] tagged = new byte[content.length + OVERHEAD];
      tagged[0] = FRAME;
      System.arraycopy(content, 0, tagged, OVERHEAD, content.length);
      return tagged;
    }
    if (message instanceof PeerMessage.Addresses addresses) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(ADDRESSES);
      try {
        AddressCodec.write(new DataOutputStream(bytes), addresses.told());
      } catch (IOException e) {
        throw new UncheckedIOException("an array takes every byte", e);
      }
      return bytes.toByteArray();
    }
    return new byte[] {PULSE};
  }

  @Override
  public PeerMessage parse(InputStream stream) {
    try {
      int kind = stream.read();
      return switch (kind) {
        case FRAME -> new PeerMessage.Frame(Bytes.of(stream.readAllBytes()));
        case PULSE -> stream.read() < 0 ? A_PULSE : new PeerMessage.Malformed("a long pulse");
        case ADDRESSES -> new PeerMessage.Addresses(AddressCodec.read(new DataInputStream(stream)));
        default -> new PeerMessage.Malformed("a message of kind " + kind);
      };
    } catch (IOException e) {
      return new PeerMessage.Malformed("addresses that cannot be read");
    }
  }
}
