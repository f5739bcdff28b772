package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.tck.fault.ChildJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kit says the same under any locale and charset, in any order, and with its tests beside each
 * other: on a storage that keeps the contract, that nothing is broken.
 */
class SurroundingsTest {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String TEXTS = "1.1,1.2,1.4,2.1,6.5,10,H";

  private static final List<String> TURKISH =
      List.of("-Duser.language=tr", "-Duser.country=TR", "-Dfile.encoding=UTF-8");
  private static final List<String> GERMAN =
      List.of("-Duser.language=de", "-Duser.country=DE", "-Dfile.encoding=ISO-8859-1");
  private static final List<String> ASCII =
      List.of(
          "-Duser.language=en",
          "-Duser.country=",
          "-Dfile.encoding=US-ASCII",
          "-Dsun.jnu.encoding=ANSI_X3.4-1968");

  private static final List<String> AS_WRITTEN = List.of();
  private static final List<String> IN_RANDOM_ORDER =
      List.of(
          "junit.jupiter.testmethod.order.default=" + "org.junit.jupiter.api.MethodOrderer$Random");
  private static final List<String> BESIDE_EACH_OTHER =
      List.of(
          "junit.jupiter.execution.parallel.enabled=true",
          "junit.jupiter.execution.parallel.mode.default=concurrent",
          "junit.jupiter.execution.parallel.config.strategy=fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism=4");

  static Stream<Arguments> surroundings() {
    return Stream.of(
        Arguments.of("tr_TR, UTF-8", TURKISH, AS_WRITTEN),
        Arguments.of("de_DE, ISO-8859-1, random order", GERMAN, IN_RANDOM_ORDER),
        Arguments.of("C, US-ASCII, in parallel", ASCII, BESIDE_EACH_OTHER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("surroundings")
  void whatTextsAreInItsWayIsTheSame(String name, List<String> jvm, List<String> junit)
      throws Exception {
    mustPass(PlainTckTest.class, TEXTS, jvm, junit);
  }

  @Tag("full")
  @ParameterizedTest(name = "{0}")
  @MethodSource("surroundings")
  void theWholeKitIsTheSame(String name, List<String> jvm, List<String> junit) throws Exception {
    for (Class<? extends StorageTck> kit :
        List.of(InMemoryTckTest.class, PlainTckTest.class, SharedPlainTckTest.class)) {
      mustPass(kit, "all", jvm, junit);
    }
  }

  private static void mustPass(
      Class<? extends StorageTck> kit, String rules, List<String> jvm, List<String> junit)
      throws Exception {
    List<String> options = new ArrayList<>(jvm);
    options.add("-Dregistrar.tck.historyCalls=1000");
    options.add("-Dregistrar.tck.timeFactor=4");
    List<String> arguments = new ArrayList<>(List.of(kit.getName(), rules));
    arguments.addAll(junit);
    try (ChildJvm child = ChildJvm.start(KitProcess.class, LONGEST, options, arguments)) {
      List<String> failed = new ArrayList<>();
      String line = child.readLine();
      while (!line.startsWith("ended ")) {
        if (line.startsWith("failed ")) {
          failed.add(line);
        }
        line = child.readLine();
      }
      assertThat(failed).isEmpty();
      assertThat(line).isEqualTo("ended " + count(rules));
    }
  }

  private static long count(String rules) {
    List<String> wanted = List.of(rules.split(","));
    return ContractRules.tests().stream()
        .filter(
            test ->
                wanted.contains("all") || wanted.contains(test.getAnnotation(Rule.class).value()))
        .count();
  }
}
