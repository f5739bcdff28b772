package io.registrar.tck.history;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.TreeSet;

/**
 * The numbered batches of a history. A batch follows from its number and the version that it is to
 * follow: it changes some of a few records, names itself in the header, and leaves a marker record,
 * so that the state itself tells which batches took effect, on top of what.
 */
final class Operation {
  static final String MARKER = "op";
  private static final String DATA = "data";
  private static final int KEYS = 40;

  private Operation() {}

  static Batch batch(int op, long base) {
    Random random = new Random(op * 0x9E3779B97F4A7C15L);
    Batch.Builder batch = Batch.of(Header.of(text(op)));
    TreeSet<Integer> keys = new TreeSet<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      keys.add(random.nextInt(KEYS));
    }
    for (int key : keys) {
      if (random.nextInt(4) == 0) {
        batch.delete(new RecordKey(DATA, "k" + key));
      } else {
        byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 20_000 : 200)];
        random.nextBytes(value);
        batch.put(new RecordKey(DATA, "k" + key), value);
      }
    }
    return batch.put(marker(op), text(base)).build();
  }

  static RecordKey marker(int op) {
    return new RecordKey(MARKER, Integer.toString(op));
  }

  static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** The number that these bytes are; 0 if there are none. */
  static long number(byte[] text) {
    return text.length == 0 ? 0 : Long.parseLong(new String(text, StandardCharsets.US_ASCII));
  }
}
