package io.registrar.tck;

import io.registrar.tck.fault.FaultNotAvailable;
import io.registrar.tck.report.Verdict;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;

/**
 * Keeps the kit honest: a rule that was overridden, disabled or skipped by an assumption of the
 * backend's own is a failure, every failure tells its rule, and all of it is reported.
 */
final class RuleExtension implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
  private final RunRecord record = new RunRecord();
  private final Exclusions exclusions = Exclusions.of(RuleExtension.class.getClassLoader());
  private volatile @Nullable StorageTck latest;
  private @Nullable Map<String, String> measured;

  @Override
  public void beforeAll(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    List<String> tampered = new ArrayList<>();
    for (Method rule : ContractRules.tests()) {
      try {
        Method actual = test.getMethod(rule.getName());
        if (!actual.equals(rule)) {
          tampered.add(rule.getName() + " by " + actual.getDeclaringClass().getName());
        }
      } catch (NoSuchMethodException e) {
        throw new AssertionError(e);
      }
    }
    if (!tampered.isEmpty()) {
      throw new AssertionError("rules of the kit may not be overridden or disabled: " + tampered);
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Rule rule = method.getExecutable().getAnnotation(Rule.class);
    if (rule == null) {
      invocation.proceed();
      return;
    }
    String test = method.getExecutable().getName();
    Optional<String> excluded = exclusions.reason(test);
    if (excluded.isPresent()) {
      invocation.skip();
      TestAbortedException e = new Exclusions.Excluded(excluded.get());
      record.add(rule, test, Verdict.EXCLUDED, e, 0);
      throw e;
    }
    long began = System.nanoTime();
    try {
      invocation.proceed();
      record.add(rule, test, Verdict.KEPT, null, System.nanoTime() - began);
    } catch (NotApplicable | FaultNotAvailable e) {
      record.add(rule, test, Verdict.NOT_APPLICABLE, e, System.nanoTime() - began);
      throw e;
    } catch (Throwable e) {
      Throwable why =
          e instanceof TestAbortedException
              ? new AssertionError("a rule may not be skipped: " + e, e)
              : e;
      RuleBroken broken = new RuleBroken(rule, test, repeat(context, test), why);
      record.add(rule, test, Verdict.BROKEN, broken, System.nanoTime() - began);
      throw broken;
    } finally {
      if (context.getRequiredTestInstance() instanceof StorageTck kit) {
        latest = kit;
        record.know(kit.underTest());
      }
    }
  }

  /** The speeds are measured before the backend's own class stops its engine. */
  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    try {
      speeds();
    } finally {
      invocation.proceed();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Class<?> test = context.getRequiredTestClass();
    LoggerFactory.getLogger(test).info("{}", record.text(test));
    if (latest != null) {
      record
          .write(test, this::speeds)
          .ifPresent(
              directory -> LoggerFactory.getLogger(test).info("report: {}/report.html", directory));
    }
    SkippedRules.requireNone(test);
  }

  private synchronized Map<String, String> speeds() throws Exception {
    Map<String, String> known = measured;
    if (known == null) {
      StorageTck kit = latest;
      known = kit != null && Boolean.getBoolean("registrar.tck.profile") ? speeds(kit) : Map.of();
      measured = known;
    }
    return known;
  }

  private static Map<String, String> speeds(StorageTck kit) throws Exception {
    Path callers = Files.createTempDirectory("tck-profile");
    Path records = Files.createTempDirectory("tck-profile");
    try {
      return SpeedProfile.of(kit.target(callers), kit.target(records));
    } finally {
      io.registrar.tck.fault.FileDamage.deleteTree(callers);
      io.registrar.tck.fault.FileDamage.deleteTree(records);
    }
  }

  private static String repeat(ExtensionContext context, String test) {
    return context.getRequiredTestInstance() instanceof StorageTck kit
        ? kit.repeat(test)
        : context.getRequiredTestClass().getName() + "#" + test;
  }
}
