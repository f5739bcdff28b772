package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.tck.plain.PlainStorageProvider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No silent green: what a backend's class does to escape a rule is a failure. */
class RuleExtensionTest {
  @Test
  void anOverriddenRuleIsAFailure() {
    assertThat(run(Overrides.class))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("may not be overridden or disabled")
                    .hasMessageContaining("rule_2_5_aDeletedRecordIsAbsent"));
  }

  @Test
  void aDisabledRuleIsAFailure() {
    assertThat(run(Disables.class))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure).hasMessageContaining("may not be overridden or disabled"));
  }

  @Test
  void aRuleSkippedByAnAssumptionIsAFailure() {
    assertThat(run(Assumes.class))
        .isNotEmpty()
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(RuleBroken.class)
                    .hasMessageContaining("a rule may not be skipped"));
  }

  @Test
  void aKitThatIsDisabledAsAWholeIsAFailure() {
    assertThatThrownBy(() -> run(DisablesAll.class))
        .hasStackTraceContaining("DisablesAll is @Disabled")
        .hasStackTraceContaining("(a bad day)");
  }

  @Test
  void aKitUnderAConditionIsAFailure() {
    assertThatThrownBy(() -> run(OnlyElsewhere.class))
        .hasStackTraceContaining("OnlyElsewhere has a condition")
        .hasStackTraceContaining("DisabledOnOsCondition");
    assertThatThrownBy(() -> run(OnlyOnDemand.class))
        .hasStackTraceContaining("OnlyOnDemand has a condition")
        .hasStackTraceContaining("Never");
  }

  @Test
  void aRuleThatJUnitIsToldToSkipIsAFailure() {
    assertThat(run(SkipsByAnExtension.class))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageContaining("may not be skipped by a condition")
                    .hasMessageContaining("rule_2_5_deletingAnAbsentKeyIsNoError (not now)"));
  }

  private static List<Throwable> run(Class<? extends StorageTck> kit) {
    return BrokenStoragesTest.run(kit, PlainStorageProvider.class, "2.5");
  }

  @Disabled("a bad day")
  static class DisablesAll extends BrokenStoragesTest.KitOfTheBroken {}

  @DisabledOnOs(OS.LINUX)
  static class OnlyElsewhere extends BrokenStoragesTest.KitOfTheBroken {}

  static class OnlyOnDemand extends BrokenStoragesTest.KitOfTheBroken {
    @RegisterExtension static final Never NEVER = new Never();
  }

  /** A condition that the declared type does not show. */
  static class SkipsByAnExtension extends BrokenStoragesTest.KitOfTheBroken {
    @RegisterExtension final Extension hidden = new Never();
  }

  static class Never implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return ConditionEvaluationResult.disabled("not now");
    }
  }

  static class Overrides extends BrokenStoragesTest.KitOfTheBroken {
    @Override
    public void rule_2_5_aDeletedRecordIsAbsent() {
      assertThat(underTest()).isNotNull();
    }
  }

  static class Disables extends BrokenStoragesTest.KitOfTheBroken {
    @Override
    @Disabled("to escape the rule")
    public void rule_2_5_aDeletedRecordIsAbsent() throws Exception {
      super.rule_2_5_aDeletedRecordIsAbsent();
    }
  }

  static class Assumes extends BrokenStoragesTest.KitOfTheBroken {
    @Override
    protected StorageTarget target(Path directory) {
      Assumptions.assumeTrue(false, "not today");
      return super.target(directory);
    }
  }
}
