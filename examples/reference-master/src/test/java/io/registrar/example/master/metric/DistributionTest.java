package io.registrar.example.master.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private final Distribution distribution = new Distribution(1_000);

  @Test
  void percentilesAreThoseOfTheValuesInTheUnitThatIsShown() {
    for (int i = 1; i <= 10_000; i++) {
      distribution.record(i * 1_000L);
    }
    Map<String, Number> metrics = written();
    assertThat(metrics).containsEntry("x", 10_000.0).containsEntry("x/count", 10_000L);
    assertNear(metrics, "x/min", 1);
    assertNear(metrics, "x/p50", 5_000);
    assertNear(metrics, "x/p99", 9_900);
    assertNear(metrics, "x/p9999", 9_999);
    assertNear(metrics, "x/max", 10_000);
  }

  @Test
  void nothingYetIsShownAsZeros() {
    written().forEach((name, value) -> assertThat(value.doubleValue()).as(name).isZero());
  }

  private Map<String, Number> written() {
    Map<String, Number> metrics = new TreeMap<>();
    distribution.writeTo("x", metrics);
    return metrics;
  }

  private static void assertNear(Map<String, Number> metrics, String name, double expected) {
    assertThat(metrics.get(name).doubleValue())
        .as(name)
        .isCloseTo(expected, Percentage.withPercentage(0.2));
  }
}
