package io.registrar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordKeyTest {
  private static final List<String> IDS =
      List.of(
          "a",
          "A",
          "ab",
          "..",
          "a/b",
          "%",
          "é",
          "e\u0301",
          "\uFFFD",
          "\uE000",
          "\uD83D\uDE00",
          "\uD800\uDC00");

  @Test
  void idsCompareAsTheirBytesDo() {
    for (String left : IDS) {
      for (String right : IDS) {
        assertThat(Integer.signum(RecordKey.compareIds(left, right)))
            .as("%s and %s", left, right)
            .isEqualTo(Integer.signum(Arrays.compareUnsigned(utf8(left), utf8(right))));
      }
    }
  }

  @Test
  void theLengthIsCountedInBytes() {
    for (String id : IDS) {
      assertThat(new RecordKey("k", id).idBytes()).isEqualTo(utf8(id).length);
    }
    assertThat(new RecordKey("k", "é".repeat(256)).idBytes()).isEqualTo(512);
    assertThatThrownBy(() -> new RecordKey("k", "é".repeat(256) + "a"))
        .hasMessageContaining("513 bytes");
  }

  @Test
  void malformedKeysCannotBeMade() {
    for (String kind : List.of("", "A", "1a", "a b", "-a", "a".repeat(33), "é")) {
      assertThatThrownBy(() -> new RecordKey(kind, "id"))
          .as(kind)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String id : List.of("", "a\0b", "\uD800", "a\uDC00", "\uD800a", "a".repeat(513))) {
      assertThatThrownBy(() -> new RecordKey("kind", id))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aMessageShowsControlCharactersEscaped() {
    assertThat(new RecordKey("agent", "a\nb")).hasToString("agent/a\\u000ab");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
