package io.registrar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationTextTest {
  @Test
  void everyUnitIsRead() {
    assertThat(DurationText.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(DurationText.parse("20secs")).isEqualTo(Duration.ofSeconds(20));
    assertThat(DurationText.parse("1sec")).isEqualTo(Duration.ofSeconds(1));
    assertThat(DurationText.parse("1mins")).isEqualTo(Duration.ofMinutes(1));
    assertThat(DurationText.parse("1.5hrs")).isEqualTo(Duration.ofMinutes(90));
    assertThat(DurationText.parse("2weeks")).isEqualTo(Duration.ofDays(14));
    assertThat(DurationText.parse(" 3 days ")).isEqualTo(Duration.ofDays(3));
    assertThat(DurationText.parse("7us")).isEqualTo(Duration.ofNanos(7_000));
    assertThat(DurationText.parse("7ns")).isEqualTo(Duration.ofNanos(7));
  }

  @Test
  void whatIsNoDurationIsRefusedWithTheForm() {
    for (String text : List.of("", "5", "secs", "-5secs", "5 parsecs", "5m", "1e3secs")) {
      assertThatThrownBy(() -> DurationText.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("500ms, 20secs");
    }
    assertThatThrownBy(() -> DurationText.parse("999999999999weeks"))
        .hasMessageContaining("292 years");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (String text : List.of("0secs", "500ms", "20secs", "1mins", "90mins", "2weeks", "3ns")) {
      assertThat(DurationText.format(DurationText.parse(text))).isEqualTo(text);
    }
  }
}
