package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;

/** A client's request as bytes: the version, the kind, and what belongs to it. */
final class ClientRequestCodec {
  private static final int VERSION = 1;
  private static final int STATUS = 1;
  private static final int READ_STATE = 2;
  private static final int READ_CHANGES = 3;
  private static final int LIST_MEMBERS = 4;
  private static final int ADD_MEMBER = 5;
  private static final int PROMOTE_MEMBER = 6;
  private static final int REMOVE_MEMBER = 7;

  private ClientRequestCodec() {}

  static byte[] write(ClientRequest request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(VERSION);
      if (request instanceof ClientRequest.Status) {
        out.writeByte(STATUS);
      } else if (request instanceof ClientRequest.ReadState) {
        out.writeByte(READ_STATE);
      } else if (request instanceof ClientRequest.ReadChanges changes) {
        out.writeByte(READ_CHANGES);
        out.writeLong(changes.version());
      } else if (request instanceof ClientRequest.ListMembers) {
        out.writeByte(LIST_MEMBERS);
      } else if (request instanceof ClientRequest.AddMember add) {
        out.writeByte(ADD_MEMBER);
        AddressCodec.write(out, Map.of(add.member(), add.address()));
      } else if (request instanceof ClientRequest.PromoteMember promote) {
        out.writeByte(PROMOTE_MEMBER);
        out.writeShort(promote.member().value());
      } else if (request instanceof ClientRequest.RemoveMember remove) {
        out.writeByte(REMOVE_MEMBER);
        out.writeShort(remove.member().value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes every byte", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a request.
   *
   * @throws IOException for any bytes that {@link #write} did not make; says what is wrong
   */
  static ClientRequest read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("this member speaks version " + VERSION + ", not " + version);
      }
      ClientRequest request = read(in.readUnsignedByte(), in);
      if (in.read() >= 0) {
        throw new IOException("bytes after the end");
      }
      return request;
    } catch (EOFException e) {
      throw new IOException("the request is too short", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ClientRequest read(int kind, DataInputStream in) throws IOException {
    return switch (kind) {
      case STATUS -> new ClientRequest.Status();
      case READ_STATE -> new ClientRequest.ReadState();
      case READ_CHANGES -> new ClientRequest.ReadChanges(in.readLong());
      case LIST_MEMBERS -> new ClientRequest.ListMembers();
      case ADD_MEMBER -> added(AddressCodec.read(in));
      case PROMOTE_MEMBER -> new ClientRequest.PromoteMember(new MemberId(in.readUnsignedShort()));
      case REMOVE_MEMBER -> new ClientRequest.RemoveMember(new MemberId(in.readUnsignedShort()));
      default -> throw new IOException("a request of kind " + kind);
    };
  }

  private static ClientRequest added(Map<MemberId, InetSocketAddress> told) throws IOException {
    if (told.size() != 1) {
      throw new IOException("one member is added at a time, not " + told.size());
    }
    Map.Entry<MemberId, InetSocketAddress> one = told.entrySet().iterator().next();
    return new ClientRequest.AddMember(one.getKey(), one.getValue());
  }
}
