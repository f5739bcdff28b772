package io.registrar.cli.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run of the kit, which tells how each test ended. */
final class KitRun implements TestExecutionListener {
  private final PrintWriter out;
  private final AtomicInteger tests = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  private KitRun(PrintWriter out) {
    this.out = out;
  }

  /** Runs the tests that the plan includes, and returns when all have ended. */
  static KitRun of(KitPlan plan, PrintWriter out) {
    StorageByName.test(plan);
    KitRun run = new KitRun(out);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(StorageByName.class))
            .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(includes(plan, test)))
            .build();
    LauncherFactory.create().execute(request, run);
    return run;
  }

  /** How many tests ended, in whatever way. */
  int tests() {
    return tests.get();
  }

  /** How many tests, and steps around them, failed. */
  int failures() {
    return failures.get();
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      tests.incrementAndGet();
    }
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          out.println("kept    " + name(test));
        }
      }
      case ABORTED -> out.println("------- " + name(test) + ": " + why(result));
      case FAILED -> {
        failures.incrementAndGet();
        out.println("BROKEN  " + name(test) + ": " + why(result));
      }
    }
  }

  private static boolean includes(KitPlan plan, TestDescriptor test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> plan.includes(((MethodSource) source).getMethodName()))
        .orElse(true);
  }

  private static String why(TestExecutionResult result) {
    Throwable why = result.getThrowable().orElse(null);
    return why == null ? "no reason given" : String.valueOf(why.getMessage());
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElse(test.getDisplayName());
  }
}
