package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MemberId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Addresses as bytes: a count, and for each the place, the port and the host as it was given. */
final class AddressCodec {
  /** No host name is longer (RFC 1035, 2.3.4). */
  private static final int LONGEST_HOST = 255;

  /** So that a hello stays far below what a header may hold. */
  private static final int MOST_BYTES = 4096;

  private record Line(MemberId member, byte[] host, int port) {}

  private AddressCodec() {}

  /** Writes as many as there is room for, in the order of places; the rest is not told. */
  static void write(DataOutputStream out, Map<MemberId, InetSocketAddress> addresses)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    int room = MOST_BYTES;
    for (Map.Entry<MemberId, InetSocketAddress> entry : new TreeMap<>(addresses).entrySet()) {
      byte[] host = entry.getValue().getHostString().getBytes(StandardCharsets.UTF_8);
      room -= host.length + 5;
      if (host.length <= LONGEST_HOST && room >= 0 && lines.size() < AddressBook.MOST_LEARNED) {
        lines.add(new Line(entry.getKey(), host, entry.getValue().getPort()));
      }
    }
    out.writeByte(lines.size());
    for (Line line : lines) {
      out.writeShort(line.member.value());
      out.writeShort(line.port);
      out.writeByte(line.host.length);
      out.write(line.host);
    }
  }

  /** The same, as a packet's content. */
  static Bytes write(Map<MemberId, InetSocketAddress> addresses) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes), addresses);
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes every byte", e);
    }
    return Bytes.of(bytes.toByteArray());
  }

  /**
   * Reads a packet's content.
   *
   * @throws RefusedException for anything that {@link #write(Map)} did not make
   */
  static Map<MemberId, InetSocketAddress> readWhole(Bytes content) throws RefusedException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content.toArray()));
    try {
      Map<MemberId, InetSocketAddress> addresses = read(in);
      if (in.read() < 0) {
        return addresses;
      }
    } catch (IOException e) {
      throw new RefusedException(Refusal.MALFORMED, "addresses that cannot be read");
    }
    throw new RefusedException(Refusal.MALFORMED, "bytes after the addresses");
  }

  /**
   * Reads addresses.
   *
   * @throws IOException for anything that {@link #write(DataOutputStream, Map)} did not make
   */
  static Map<MemberId, InetSocketAddress> read(DataInputStream in) throws IOException {
    Map<MemberId, InetSocketAddress> addresses = new LinkedHashMap<>();
    int count = in.readUnsignedByte();
    if (count > AddressBook.MOST_LEARNED) {
      throw new IOException(count + " addresses");
    }
    for (int i = 0; i < count; i++) {
      int place = in.readUnsignedShort();
      int port = in.readUnsignedShort();
      byte[] host = new byte[in.readUnsignedByte()];
      in.readFully(host);
      if (place < 1 || host.length < 1) {
        throw new IOException("an address of member " + place);
      }
      addresses.put(
          new MemberId(place),
          InetSocketAddress.createUnresolved(new String(host, StandardCharsets.UTF_8), port));
    }
    return addresses;
  }
}
