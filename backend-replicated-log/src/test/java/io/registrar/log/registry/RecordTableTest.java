package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordTableTest {
  private static final int KEYS = 5_000;

  private record Seen(Iterable<Map.Entry<RecordKey, byte[]>> view, Map<RecordKey, byte[]> then) {}

  @Test
  void aViewStaysAsItWasWhateverComesAfterIt() {
    Random random = new Random(7);
    RecordTable table = new RecordTable();
    Map<RecordKey, byte[]> model = new HashMap<>();
    List<Seen> seen = new ArrayList<>();
    for (int batch = 0; batch < 400; batch++) {
      table.apply(changes(random, model));
      if (random.nextInt(10) == 0) {
        seen.add(new Seen(table.view(), Map.copyOf(model)));
      }
      assertThat(table.bytes()).isEqualTo(bytes(model));
    }
    seen.add(new Seen(table.view(), model));
    assertThat(seen).hasSizeGreaterThan(10).allSatisfy(RecordTableTest::assertSame);
  }

  private static void assertSame(Seen seen) {
    List<RecordKey> keys = new ArrayList<>();
    for (Map.Entry<RecordKey, byte[]> entry : seen.view()) {
      keys.add(entry.getKey());
      assertThat(entry.getValue()).isSameAs(seen.then().get(entry.getKey()));
    }
    assertThat(keys).containsExactlyInAnyOrderElementsOf(seen.then().keySet());
  }

  private static Contents changes(Random random, Map<RecordKey, byte[]> model) {
    Map<RecordKey, byte[]> puts = new HashMap<>();
    for (int i = random.nextInt(50); i >= 0; i--) {
      puts.put(key(random), new byte[random.nextInt(20)]);
    }
    RecordKey gone = key(random);
    puts.remove(gone);
    model.putAll(puts);
    model.remove(gone);
    List<StoredRecord> stored = new ArrayList<>();
    puts.forEach((key, value) -> stored.add(new StoredRecord(key, value)));
    return new Contents(Header.EMPTY, stored, List.of(gone));
  }

  private static RecordKey key(Random random) {
    return new RecordKey("agent", "a" + random.nextInt(KEYS));
  }

  private static long bytes(Map<RecordKey, byte[]> model) {
    return model.entrySet().stream()
        .mapToLong(it -> new StoredRecord(it.getKey(), it.getValue()).countedBytes())
        .sum();
  }
}
