package io.registrar.log.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "at 412 CRASH 2 3",
        "message 1 3 17 LATE 350",
        "message 0 2 5 LOST 0",
        "message 2 0 40 CUT 1028",
        "sync 4 12 80"
      })
  void readsWhatItWrote(String line) {
    assertThat(Decision.parse(line)).hasToString(line);
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> Decision.parse("perhaps 1 2")).hasMessageContaining("perhaps 1 2");
  }
}
