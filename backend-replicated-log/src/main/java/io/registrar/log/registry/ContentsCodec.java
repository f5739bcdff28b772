package io.registrar.log.registry;

import io.registrar.log.paxos.Bytes;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link Contents} as an entry's payload: a format's number, the header, puts, deletes; every
 * length before what it counts. The log checks its bytes, so there is no check sum here.
 */
final class ContentsCodec {
  private static final int FORMAT = 1;

  private ContentsCodec() {}

  static Bytes encode(Contents contents) {
    byte[] header = contents.header().bytes();
    ByteBuffer out = ByteBuffer.allocate(most(contents, header));
    out.put((byte) FORMAT).putShort((short) header.length).put(header);
    out.putInt(contents.puts().size());
    for (StoredRecord put : contents.puts()) {
      write(out, put.key());
      out.putInt(put.value().length).put(put.value());
    }
    out.putInt(contents.deletes().size());
    contents.deletes().forEach(key -> write(out, key));
    return Bytes.of(Arrays.copyOf(out.array(), out.position()));
  }

  /** What the lengths of a key and its value take, at most: less than rule 2.4 counts for them. */
  private static int most(Contents contents, byte[] header) {
    long most = 1L + Short.BYTES + header.length + 2 * Integer.BYTES;
    for (StoredRecord put : contents.puts()) {
      most += put.countedBytes();
    }
    for (RecordKey key : contents.deletes()) {
      most += StoredRecord.countedBytes(key);
    }
    return Math.toIntExact(most);
  }

  private static void write(ByteBuffer out, RecordKey key) {
    byte[] id = key.id().getBytes(StandardCharsets.UTF_8);
    out.put((byte) key.kind().length()).put(key.kind().getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) id.length).put(id);
  }

  /**
   * @throws IllegalArgumentException if it was not made by {@link #encode}, or by a later program
   */
  static Contents decode(Bytes payload) {
    ByteBuffer in = ByteBuffer.wrap(payload.toArray());
    try {
      int format = Byte.toUnsignedInt(in.get());
      if (format != FORMAT) {
        throw new IllegalArgumentException("an entry of format " + format);
      }
      Header header = Header.of(bytes(in, Short.toUnsignedInt(in.getShort())));
      int count = checked(in, in.getInt()); // each takes a byte at least
      List<StoredRecord> puts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        RecordKey key = key(in);
        puts.add(new StoredRecord(key, bytes(in, in.getInt())));
      }
      int gone = checked(in, in.getInt());
      List<RecordKey> deletes = new ArrayList<>(gone);
      for (int i = 0; i < gone; i++) {
        deletes.add(key(in));
      }
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("an entry with " + in.remaining() + " bytes too many");
      }
      return new Contents(header, puts, deletes);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("an entry that ends too early", e);
    }
  }

  private static RecordKey key(ByteBuffer in) {
    String kind = text(in, Byte.toUnsignedInt(in.get()), StandardCharsets.US_ASCII);
    return new RecordKey(
        kind, text(in, Short.toUnsignedInt(in.getShort()), StandardCharsets.UTF_8));
  }

  private static String text(ByteBuffer in, int length, Charset charset) {
    int at = in.position();
    in.position(at + checked(in, length));
    return new String(in.array(), at, length, charset);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[checked(in, length)];
    in.get(bytes);
    return bytes;
  }

  private static int checked(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("an entry that says " + length + " and has less");
    }
    return length;
  }
}
