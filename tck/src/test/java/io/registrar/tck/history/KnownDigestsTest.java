package io.registrar.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.record.Digest;
import io.registrar.spi.RecordKey;
import org.junit.jupiter.api.Test;

/** What is remembered is never told of another value. */
class KnownDigestsTest {
  private final KnownDigests known = new KnownDigests();

  @Test
  void aValueThatIsChangedWhereItLiesHasAnotherDigest() {
    RecordKey key = new RecordKey("kind", "id");
    byte[] value = {1, 2, 3};
    Digest first = known.of(key, value);
    assertThat(first).isEqualTo(Digest.of(key, value));
    assertThat(known.of(key, value.clone())).isEqualTo(first);
    value[1]++;
    assertThat(known.of(key, value)).isEqualTo(Digest.of(key, value)).isNotEqualTo(first);
    RecordKey other = new RecordKey("kind", "other");
    assertThat(known.of(other, value)).isEqualTo(Digest.of(other, value));
  }

  @Test
  void moreNamesThanAreKeptAreDigestedAllTheSame() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10_100; i++) {
        RecordKey key = new RecordKey("kind", "id-" + i);
        byte[] value = {(byte) i, (byte) round};
        assertThat(known.of(key, value)).isEqualTo(Digest.of(key, value));
      }
    }
  }
}
