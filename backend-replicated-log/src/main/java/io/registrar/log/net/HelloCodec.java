package io.registrar.log.net;

import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A hello as bytes: {@code RLOG}, the version, place, incarnation, ensemble if any, addresses. A
 * later version may add to the end; a reader of this one ignores that.
 */
final class HelloCodec {
  /** No hello of this version or a later one is longer. */
  static final int MOST_BYTES = 16 << 10;

  private static final int MAGIC = 0x524c4f47;
  private static final int VERSION = 1;

  private HelloCodec() {}

  static byte[] write(Hello hello) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      out.writeShort(hello.who().member().id().value());
      out.writeLong(hello.who().member().incarnation().value());
      out.writeBoolean(hello.who().ensemble().isPresent());
      if (hello.who().ensemble().isPresent()) {
        out.writeLong(hello.who().ensemble().get().high());
        out.writeLong(hello.who().ensemble().get().low());
      }
      AddressCodec.write(out, hello.addresses());
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes every byte", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a hello.
   *
   * @throws RefusedException for any bytes that {@link #write} did not make
   */
  static Hello read(byte[] bytes) throws RefusedException {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      if (in.readInt() != MAGIC) {
        throw new IOException("it speaks another protocol");
      }
      int version = in.readUnsignedByte();
      int place = in.readUnsignedShort();
      if (version < VERSION || place < 1) {
        throw new IOException("version " + version + ", member " + place);
      }
      Member member = new Member(new MemberId(place), new Incarnation(in.readLong()));
      Optional<EnsembleId> ensemble =
          in.readBoolean()
              ? Optional.of(new EnsembleId(in.readLong(), in.readLong()))
              : Optional.empty();
      Hello hello = new Hello(new Introduction(member, ensemble), AddressCodec.read(in));
      if (version == VERSION && in.read() >= 0) {
        throw new IOException("bytes after the end");
      }
      return hello;
    } catch (IOException e) {
      String what = e.getMessage() == null ? "too short" : e.getMessage();
      throw new RefusedException(Refusal.NOT_OURS, "its hello cannot be read: " + what);
    }
  }
}
