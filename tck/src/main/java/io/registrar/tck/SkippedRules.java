package io.registrar.tck;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Knows what JUnit has skipped without asking it, as a condition says that holds for every test of
 * a run: a kit of which rules were skipped fails at its end, and for a kit that was skipped as a
 * whole, which has no end of its own, JUnit's session fails at its close. JUnit finds this by its
 * service files, once for each of the two.
 */
public final class SkippedRules implements TestExecutionListener, LauncherSessionListener {
  private static final Map<String, Set<String>> RULES = new ConcurrentHashMap<>();
  private static final Set<String> KITS = new ConcurrentSkipListSet<>();

  private volatile @Nullable TestPlan plan;

  /** For JUnit. */
  public SkippedRules() {}

  @Override
  public void testPlanExecutionStarted(TestPlan begun) {
    plan = begun;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    TestPlan known = plan;
    Stream<TestIdentifier> within =
        known == null ? Stream.empty() : known.getDescendants(test).stream();
    Stream.concat(Stream.of(test), within)
        .flatMap(skipped -> skipped.getSource().stream())
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getJavaClass())
        .filter(StorageTck.class::isAssignableFrom)
        .forEach(kit -> KITS.add(kit.getName() + " (" + reason + ")"));
    test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .filter(method -> StorageTck.class.isAssignableFrom(method.getJavaClass()))
        .ifPresent(
            method ->
                RULES
                    .computeIfAbsent(method.getClassName(), kit -> new ConcurrentSkipListSet<>())
                    .add(method.getMethodName() + " (" + reason + ")"));
  }

  /**
   * Ends a session of JUnit.
   *
   * @throws IllegalStateException if a kit was skipped as a whole
   */
  @Override
  public void launcherSessionClosed(LauncherSession session) {
    Set<String> skipped = Set.copyOf(KITS);
    KITS.removeAll(skipped);
    if (!skipped.isEmpty()) {
      throw new IllegalStateException(
          "a condition has skipped kits as a whole, so that no rule of the storage contract was"
              + " tested: "
              + skipped
              + "; remove it, or exclude single rules with a reason in "
              + Exclusions.FILE);
    }
  }

  /**
   * Ends the run of a kit.
   *
   * @throws AssertionError if rules of it were skipped
   */
  static void requireNone(Class<?> kit) {
    Set<String> skipped = RULES.remove(kit.getName());
    if (skipped != null) {
      throw new AssertionError("rules of the kit may not be skipped by a condition: " + skipped);
    }
  }
}
