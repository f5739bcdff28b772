package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.registrar.tck.plain.PlainStorageProvider;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The kit can fail: each broken storage is rejected by the rule that names its fault. That the same
 * rules pass where nothing is broken is shown by {@link PlainTckTest} and {@link
 * SharedPlainTckTest}.
 */
class BrokenStoragesTest {
  static Stream<Arguments> broken() {
    return KillMatrix.rows().stream().map(row -> Arguments.of(row.rule(), row.storage()));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "rule {0} rejects {1}")
  @MethodSource("broken")
  void isRejectedByItsRule(String rule, Class<? extends PlainStorageProvider> provider) {
    List<Throwable> failures = run(KitOfTheBroken.class, provider, rule);
    assertThat(failures).isNotEmpty().allMatch(RuleBroken.class::isInstance);
    assertThat(failures).allMatch(failure -> ((RuleBroken) failure).rule().equals(rule));
    assertThat(failures.get(0))
        .hasMessageContaining("rule " + rule + " is broken")
        .hasMessageContaining("expected: ")
        .hasMessageContaining("look at: ")
        .hasMessageContaining("repeat: ");
  }

  @Test
  void theKillMatrixOfTheDocumentationIsThis() throws Exception {
    Files.writeString(Path.of("target", "kill-matrix.md"), KillMatrix.markdown());
    assertThat(Files.readString(Path.of("..", "docs", "kill-matrix.md")))
        .contains(KillMatrix.markdown());
  }

  /** Runs one rule's tests on a storage, and answers how they failed. */
  static List<Throwable> run(
      Class<? extends StorageTck> kit,
      Class<? extends PlainStorageProvider> provider,
      String rule) {
    KitOfTheBroken.PROVIDER.set(provider);
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false");
    for (Method test : ContractRules.tests()) {
      Rule marked = test.getAnnotation(Rule.class);
      boolean aboutTheCatalog = test.getName().endsWith("theProviderIsFoundByItsName");
      if (marked.value().equals(rule) && !aboutTheCatalog) {
        request.selectors(selectMethod(kit, test));
      }
    }
    Failures failures = new Failures();
    LauncherDiscoveryRequest built = request.build();
    LauncherFactory.create().execute(built, failures);
    assertFalse(
        failures.started.isEmpty() && failures.causes.isEmpty(), "no test ran for rule " + rule);
    return failures.causes;
  }

  /** The kit, run by {@link #run} alone. */
  static class KitOfTheBroken extends StorageTck {
    /** Which storage, for the thread that runs the kit: several are tested beside each other. */
    static final ThreadLocal<Class<? extends PlainStorageProvider>> PROVIDER =
        ThreadLocal.withInitial(() -> PlainStorageProvider.class);

    private final Class<? extends PlainStorageProvider> provider = PROVIDER.get();

    @Override
    protected StorageTarget target(Path directory) {
      return StorageTarget.of(provider, directory);
    }

    @Override
    protected Faults faults() {
      return PlainTckTest.plainFaults();
    }
  }

  private static final class Failures implements TestExecutionListener {
    final List<TestIdentifier> started = new ArrayList<>();
    final List<Throwable> causes = new ArrayList<>();

    @Override
    public void executionStarted(TestIdentifier test) {
      if (test.isTest()) {
        started.add(test);
      }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        result.getThrowable().ifPresent(causes::add);
      }
    }
  }
}
