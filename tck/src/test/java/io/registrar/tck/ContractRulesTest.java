package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractRulesTest {
  @Test
  void everyRuleHasATestOrAReasonForHavingNone() {
    Set<String> covered = new HashSet<>();
    ContractRules.tests().forEach(test -> covered.add(test.getAnnotation(Rule.class).value()));
    ContractRules.UNTESTED.keySet().forEach(rule -> covered.add(rule.split(" ")[0]));
    List<String> missing = new ArrayList<>(ContractRules.NUMBERS);
    missing.removeAll(covered);
    assertThat(missing).isEmpty();
    assertThat(ContractRules.NUMBERS).containsAll(covered);
  }

  @Test
  void everyTestIsNamedByItsRule() {
    for (Method test : ContractRules.tests()) {
      String number = test.getAnnotation(Rule.class).value().replace('.', '_');
      assertThat(test.getName()).startsWith("rule_" + number + "_");
    }
  }

  @Test
  void everyTestHasANameOfItsOwn() {
    assertThat(ContractRules.tests().stream().map(Method::getName)).doesNotHaveDuplicates();
  }

  @Test
  void theKeyCorpusIsLargeAndWellFormed() {
    List<String> ids = KeyCorpus.ids();
    assertThat(ids).hasSizeGreaterThan(250).doesNotHaveDuplicates();
    assertThat(ids.stream().map(Samples::key)).hasSize(ids.size());
  }
}
