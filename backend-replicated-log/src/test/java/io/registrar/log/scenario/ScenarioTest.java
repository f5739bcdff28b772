package io.registrar.log.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario happens as it is written. After a wanted change, run with {@code
 * -Dscenarios.rewrite=true}, and read the difference.
 */
class ScenarioTest {
  static Stream<ScenarioFile> scenarios() {
    return AllScenarios.all().stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void happensAsWritten(ScenarioFile scenario) {
    if (Boolean.getBoolean("scenarios.rewrite")) {
      scenario.rewrite(AllScenarios.LOADED);
    }
    assertThat(scenario.run(AllScenarios.LOADED)).isEqualTo(scenario.expected());
  }
}
