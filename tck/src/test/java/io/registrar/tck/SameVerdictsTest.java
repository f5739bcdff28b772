package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.tck.plain.PlainStorageProvider;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit's verdict on a storage is no matter of luck: five runs, one verdict. */
@Tag("full")
class SameVerdictsTest {
  private static final int RUNS = Integer.getInteger("registrar.tck.verdictRuns", 5);

  static Stream<Arguments> broken() {
    return BrokenStoragesTest.broken();
  }

  static Stream<Class<? extends PlainStorageProvider>> controls() {
    return Stream.of(
        PlainStorageProvider.class,
        OddStorages.EpochsJumpByAMillion.class,
        OddStorages.EveryCallIsSlow.class,
        OddStorages.AFifthOfCommitsIsUnknown.class,
        OddStorages.AFifthOfCommitsIsUnavailable.class);
  }

  @ParameterizedTest(name = "rule {0} rejects {1}")
  @MethodSource("broken")
  void theBrokenAreRejectedInEveryRun(String rule, Class<? extends PlainStorageProvider> provider) {
    for (int run = 1; run <= RUNS; run++) {
      List<Throwable> failures =
          BrokenStoragesTest.run(BrokenStoragesTest.KitOfTheBroken.class, provider, rule);
      assertThat(failures).as("run " + run).isNotEmpty();
      assertThat(failures)
          .as("run " + run)
          .allMatch(failure -> failure instanceof RuleBroken broken && broken.rule().equals(rule));
    }
  }

  @ParameterizedTest
  @MethodSource("controls")
  void theControlsAreAcceptedInEveryRun(Class<? extends PlainStorageProvider> provider) {
    Set<String> rules =
        ContractRules.tests().stream()
            .map(test -> test.getAnnotation(Rule.class).value())
            .collect(Collectors.toSet());
    for (int run = 1; run <= RUNS; run++) {
      for (String rule : rules) {
        assertThat(BrokenStoragesTest.run(BrokenStoragesTest.KitOfTheBroken.class, provider, rule))
            .as("run " + run + ", rule " + rule)
            .isEmpty();
      }
    }
  }
}
