package io.registrar.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the kit's tests on a class of it in a JVM of its own: a line for each that failed, then
 * {@code ended} and how many were run.
 */
public final class KitProcess implements TestExecutionListener {
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final AtomicInteger run = new AtomicInteger();

  private KitProcess() {}

  /**
   * Runs them.
   *
   * @param arguments the class; the numbers of the rules with commas between them, or {@code all};
   *     then JUnit's configuration parameters as {@code key=value}
   */
  public static void main(String[] arguments) throws ClassNotFoundException {
    Class<?> kit = Class.forName(arguments[0]);
    Set<String> rules = Set.of(arguments[1].split(","));
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (Method test : ContractRules.tests()) {
      if (rules.contains("all") || rules.contains(test.getAnnotation(Rule.class).value())) {
        request.selectors(selectMethod(kit, test));
      }
    }
    for (int i = 2; i < arguments.length; i++) {
      String[] parameter = arguments[i].split("=", 2);
      request.configurationParameter(parameter[0], parameter[1]);
    }
    KitProcess process = new KitProcess();
    LauncherDiscoveryRequest built = request.build();
    LauncherFactory.create().execute(built, process);
    process.out.println("ended " + process.run.get());
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      run.incrementAndGet();
    }
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      out.println(
          "failed "
              + test.getDisplayName()
              + " "
              + result.getThrowable().map(String::valueOf).orElse("").replace('\n', ' '));
    }
  }
}
