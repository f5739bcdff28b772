package io.registrar.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.DamagedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgedMarkTest {
  @TempDir Path directory;

  @Test
  void is_absent_until_created_and_then_where_it_was_moved_to() throws Exception {
    assertThat(AcknowledgedMark.read(directory)).isEmpty();
    try (AcknowledgedMark mark = AcknowledgedMark.create(directory, 1)) {
      mark.moveTo(1L << 40);
      assertThat(AcknowledgedMark.read(directory)).hasValue(1L << 40);
    }
  }

  @Test
  void every_change_of_a_byte_is_noticed() throws Exception {
    AcknowledgedMark.create(directory, 123_456_789_012L).close();
    Path file = directory.resolve(AcknowledgedMark.FILE);
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at++) {
      for (int mask = 1; mask < 256; mask++) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) mask;
        Files.write(file, changed);
        assertThatThrownBy(() -> AcknowledgedMark.read(directory))
            .isInstanceOf(DamagedException.class);
      }
    }
  }
}
