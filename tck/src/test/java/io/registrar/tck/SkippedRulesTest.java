package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A condition that JUnit finds by itself, and that no class names. */
class SkippedRulesTest {
  @TempDir private Path services;

  @Test
  void aKitThatIsSkippedAsAWholeIsAFailure() {
    assertThatThrownBy(() -> run(Skipped.class))
        .hasStackTraceContaining("skipped kits as a whole")
        .hasStackTraceContaining(Skipped.class.getName() + " (nobody asked)");
  }

  @Test
  void soIsOneInAClassThatIsSkipped() {
    assertThatThrownBy(() -> run(Around.class))
        .hasStackTraceContaining(Around.Within.class.getName() + " (nobody asked)");
  }

  @Test
  void whatElseIsSkippedIsNot() {
    assertThatCode(() -> run(NoKit.class)).doesNotThrowAnyException();
  }

  /** Runs a class where {@link Never} is among the extensions that JUnit finds. */
  private void run(Class<?> tests) throws Exception {
    Path file = services.resolve("META-INF/services/" + Extension.class.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, Never.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader around = new URLClassLoader(new URL[] {services.toUri().toURL()}, before)) {
      thread.setContextClassLoader(around);
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(tests))
                  .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                  .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                  .build());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Skips what is in this class. */
  public static final class Never implements ExecutionCondition {
    /** For the service loader. */
    public Never() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getTestClass().isPresent()
          ? ConditionEvaluationResult.disabled("nobody asked")
          : ConditionEvaluationResult.enabled("");
    }
  }

  static class Skipped extends BrokenStoragesTest.KitOfTheBroken {}

  static class Around {
    @Nested
    class Within extends BrokenStoragesTest.KitOfTheBroken {}
  }

  static class NoKit {
    @Test
    void isSkipped() {
      throw new AssertionError("the condition was not asked");
    }
  }
}
