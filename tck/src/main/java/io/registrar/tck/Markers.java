package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;

/**
 * Numbered batches whose traces tell which of them took effect, and whether each did as a whole:
 * batch n leaves a record of its own, and writes n into its header and into records that all
 * batches share.
 */
final class Markers {
  private static final String OWN = "marker";
  private static final String SHARED = "shared";

  private final int sharedRecords;

  /** Batches that write this many shared records, besides their own one. */
  Markers(int sharedRecords) {
    this.sharedRecords = sharedRecords;
  }

  /** Batch n; more than 0. */
  Batch batch(int n) {
    Batch.Builder batch = Batch.of(Header.of(bytes(n))).put(key(n), bytes(n));
    for (int i = 0; i < sharedRecords; i++) {
      batch.put(new RecordKey(SHARED, Integer.toString(i)), bytes(n));
    }
    return batch.build();
  }

  static RecordKey key(int n) {
    return new RecordKey(OWN, Integer.toString(n));
  }

  /** Whether batch n took effect in this state. */
  static boolean has(RegistryState state, int n) {
    return state.records().containsKey(key(n));
  }

  /** The numbers of the batches that took effect. */
  static TreeSet<Integer> in(RegistryState state) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (RecordKey key : state.records().keySet()) {
      if (key.kind().equals(OWN)) {
        numbers.add(Integer.valueOf(key.id()));
      }
    }
    return numbers;
  }

  /**
   * The number of the batch that took effect last, 0 if none did; fails if this state holds a part
   * of any.
   */
  int last(RegistryState state, String when) {
    byte[] header = state.header().bytes();
    int last = header.length == 0 ? 0 : number(header);
    int shared = 0;
    for (StoredRecord record : state.records().values()) {
      int n = number(record.value());
      if (record.key().kind().equals(SHARED)) {
        shared++;
        if (n != last) {
          Assertions.fail(
              when
                  + ": a mixture: the header is that of batch "
                  + last
                  + ", and the record "
                  + record.key()
                  + " is that of batch "
                  + n);
        }
      }
    }
    Assertions.assertEquals(
        last == 0 ? 0 : sharedRecords, shared, when + ": shared records after batch " + last);
    if (last != 0 && !has(state, last)) {
      Assertions.fail(
          when + ": a part: the header is that of batch " + last + ", its record is not there");
    }
    return last;
  }

  private static byte[] bytes(int n) {
    return Integer.toString(n).getBytes(StandardCharsets.US_ASCII);
  }

  private static int number(byte[] text) {
    return Integer.parseInt(new String(text, StandardCharsets.US_ASCII));
  }
}
