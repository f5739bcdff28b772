package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Records and batches to write. */
final class Samples {
  static final String KIND = "sample";
  static final Header HEADER = Header.of(text("a header"));

  private Samples() {}

  static RecordKey key(String id) {
    return new RecordKey(KIND, id);
  }

  static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  static Batch put(String id, String value) {
    return put(key(id), text(value));
  }

  static Batch put(RecordKey key, byte[] value) {
    return Batch.of(HEADER).put(key, value).build();
  }

  static Batch delete(String... ids) {
    Batch.Builder batch = Batch.of(HEADER);
    for (String id : ids) {
      batch.delete(key(id));
    }
    return batch.build();
  }

  /** Puts this many records, whose keys are the same in every such batch. */
  static Batch puts(int count, String value) {
    Batch.Builder batch = Batch.of(Header.of(text(value)));
    for (int i = 0; i < count; i++) {
      batch.put(key("n" + i), text(value));
    }
    return batch.build();
  }

  /** Bytes that no codec expects, and no compression shrinks: the same for the same seed. */
  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
