package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The data of a record's node: a line with checksum, kind, the length of the id in bytes and the
 * id, such as {@code 5f3a01bc agent 2 a1}, and then the value as it is.
 */
final class RecordNode {
  /** The most that a node holds besides kind, id and value, in bytes. */
  static final int OVERHEAD_BYTES = Checksum.LENGTH + 6;

  private RecordNode() {}

  static byte[] encode(StoredRecord put) {
    byte[] id = put.key().id().getBytes(StandardCharsets.UTF_8);
    return Checksum.sealed(
        put.key().kind() + " " + id.length + " " + put.key().id() + "\n", put.value());
  }

  /**
   * Reads a node's data.
   *
   * @param path the node's path, for the message
   * @throws DamagedException if it is not what was written under this name
   */
  static StoredRecord decode(String path, NodeName name, byte[] data) throws DamagedException {
    Checksum.require(path, data);
    try {
      StoredRecord read = parse(data);
      if (NodeName.baseOf(read.key()).equals(name.base())) {
        return read;
      }
      throw new DamagedException(
          "the ZooKeeper node " + path + " holds the record of another key: " + read.key());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new DamagedException("the ZooKeeper node " + path + " holds no record", e);
    }
  }

  private static StoredRecord parse(byte[] data) throws CharacterCodingException {
    int kindEnd = space(data, Checksum.LENGTH);
    int lengthEnd = space(data, kindEnd + 1);
    int idLength = Integer.parseInt(ascii(data, kindEnd + 1, lengthEnd));
    int idEnd = lengthEnd + 1 + idLength;
    if (idLength < 0 || idEnd >= data.length || data[idEnd] != '\n') {
      throw new IllegalArgumentException("the id does not end where it should");
    }
    CharBuffer id =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, lengthEnd + 1, idLength));
    return new StoredRecord(
        new RecordKey(ascii(data, Checksum.LENGTH, kindEnd), id.toString()),
        Arrays.copyOfRange(data, idEnd + 1, data.length));
  }

  private static int space(byte[] data, int from) {
    for (int i = from; i < data.length; i++) {
      if (data[i] == ' ') {
        return i;
      }
    }
    throw new IllegalArgumentException("the first line is cut short");
  }

  private static String ascii(byte[] data, int from, int to) {
    return new String(data, from, to - from, StandardCharsets.US_ASCII);
  }
}
