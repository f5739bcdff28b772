package io.registrar.log.registry;

import io.registrar.log.paxos.Bytes;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Contents} as an entry's payload: a format's number, the header, puts, deletes; every
 * length before what it counts. The log checks its bytes, so there is no check sum here.
 */
final class ContentsCodec {
  private static final int FORMAT = 1;

  private ContentsCodec() {}

  static Bytes encode(Contents contents) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      byte[] header = contents.header().bytes();
      out.writeShort(header.length);
      out.write(header);
      out.writeInt(contents.puts().size());
      for (StoredRecord put : contents.puts()) {
        write(out, put.key());
        out.writeInt(put.value().length);
        out.write(put.value());
      }
      out.writeInt(contents.deletes().size());
      for (RecordKey key : contents.deletes()) {
        write(out, key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be written", e);
    }
    return Bytes.of(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, RecordKey key) throws IOException {
    out.writeByte(key.kind().length());
    out.write(key.kind().getBytes(StandardCharsets.US_ASCII));
    byte[] id = key.id().getBytes(StandardCharsets.UTF_8);
    out.writeShort(id.length);
    out.write(id);
  }

  /**
   * @throws IllegalArgumentException if it was not made by {@link #encode}, or by a later program
   */
  static Contents decode(Bytes payload) {
    byte[] bytes = payload.toArray();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("an entry of format " + format);
      }
      Header header = Header.of(bytes(in, in.readUnsignedShort()));
      int count = count(in);
      List<StoredRecord> puts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        RecordKey key = key(in);
        puts.add(new StoredRecord(key, bytes(in, in.readInt())));
      }
      int gone = count(in);
      List<RecordKey> deletes = new ArrayList<>(gone);
      for (int i = 0; i < gone; i++) {
        deletes.add(key(in));
      }
      if (in.available() > 0) {
        throw new IllegalArgumentException("an entry with " + in.available() + " bytes too many");
      }
      return new Contents(header, puts, deletes);
    } catch (IOException e) {
      throw new IllegalArgumentException("an entry that ends too early", e);
    }
  }

  private static RecordKey key(DataInputStream in) throws IOException {
    String kind = new String(bytes(in, in.readUnsignedByte()), StandardCharsets.US_ASCII);
    return new RecordKey(
        kind, new String(bytes(in, in.readUnsignedShort()), StandardCharsets.UTF_8));
  }

  /** A count of things, each of which takes a byte at least. */
  private static int count(DataInputStream in) throws IOException {
    return checked(in, in.readInt());
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    return in.readNBytes(checked(in, length));
  }

  private static int checked(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new IllegalArgumentException("an entry that says " + length + " and has less");
    }
    return length;
  }
}
