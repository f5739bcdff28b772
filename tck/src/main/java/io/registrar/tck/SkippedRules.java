package io.registrar.tck;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Knows which rules of a kit JUnit has skipped without asking them, as a condition says that holds
 * for every test of a run: their kit fails at its end. JUnit finds this by its service file.
 */
public final class SkippedRules implements TestExecutionListener {
  private static final Map<String, Set<String>> SKIPPED = new ConcurrentHashMap<>();

  /** For JUnit. */
  public SkippedRules() {}

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .filter(method -> StorageTck.class.isAssignableFrom(method.getJavaClass()))
        .ifPresent(
            method ->
                SKIPPED
                    .computeIfAbsent(method.getClassName(), kit -> new ConcurrentSkipListSet<>())
                    .add(method.getMethodName() + " (" + reason + ")"));
  }

  /**
   * Ends the run of a kit.
   *
   * @throws AssertionError if rules of it were skipped
   */
  static void requireNone(Class<?> kit) {
    Set<String> skipped = SKIPPED.remove(kit.getName());
    if (skipped != null) {
      throw new AssertionError("rules of the kit may not be skipped by a condition: " + skipped);
    }
  }
}
