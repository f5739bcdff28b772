package io.registrar.tck.plain;

import io.registrar.spi.DamagedException;
import io.registrar.spi.Header;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StorageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** A whole registry as bytes: format, checksum, head, records. */
public record PlainContents(
    long version, long epoch, Header header, TreeMap<RecordKey, byte[]> records) {
  private static final String FORMAT = "plain storage 1";

  static PlainContents empty() {
    return new PlainContents(0, 0, Header.EMPTY, new TreeMap<>());
  }

  public byte[] toBytes() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeLong(version);
    out.writeLong(epoch);
    writeBytes(out, header.bytes());
    out.writeInt(records.size());
    for (Map.Entry<RecordKey, byte[]> record : records.entrySet()) {
      out.writeUTF(record.getKey().kind());
      writeBytes(out, record.getKey().id().getBytes(StandardCharsets.UTF_8));
      writeBytes(out, record.getValue());
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream whole = new DataOutputStream(all);
    whole.writeUTF(FORMAT);
    whole.writeLong(sum(body.toByteArray()));
    body.writeTo(whole);
    return all.toByteArray();
  }

  static PlainContents fromBytes(byte[] all, String name) throws StorageException {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
      if (all.length < FORMAT.length() + 2 || !in.readUTF().equals(FORMAT)) {
        throw new IncompatibleException(name + " is not in the format '" + FORMAT + "'");
      }
      long expected = in.readLong();
      byte[] body = in.readAllBytes();
      if (expected != sum(body)) {
        throw new DamagedException(name + " does not have its own checksum");
      }
      return fromBody(new DataInputStream(new ByteArrayInputStream(body)));
    } catch (IOException e) {
      throw new DamagedException(name + " ends too early", e);
    }
  }

  private static PlainContents fromBody(DataInputStream in) throws IOException {
    long version = in.readLong();
    long epoch = in.readLong();
    Header header = Header.of(in.readNBytes(in.readInt()));
    TreeMap<RecordKey, byte[]> records = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String kind = in.readUTF();
      String id = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      records.put(new RecordKey(kind, id), in.readNBytes(in.readInt()));
    }
    return new PlainContents(version, epoch, header, records);
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static long sum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return sum.getValue();
  }
}
