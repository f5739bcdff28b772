package io.registrar.tck;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every rule of the storage contract: those that have tests, and those that have none, and why. */
public final class ContractRules {
  /** All numbers, as the contract counts them, and the histories, which check many together. */
  static final List<String> NUMBERS =
      List.of(
          "1.1",
          "1.2",
          "1.3",
          "1.4",
          "2.1",
          "2.2",
          "2.3",
          "2.4",
          "2.5",
          "3.1",
          "3.2",
          "3.3",
          "3.4",
          "3.5",
          "4.1",
          "4.2",
          "4.3",
          "5.1",
          "5.2",
          "5.3",
          "5.4",
          "6.1",
          "6.2",
          "6.3",
          "6.4",
          "6.5",
          "7.1",
          "7.2",
          "7.3",
          "7.4",
          "8.1",
          "8.2",
          "8.3",
          "9.1",
          "9.2",
          "10",
          HistoryRules.NUMBER);

  /** The rules, or parts of rules, that the kit does not test, with the reason. */
  static final Map<String, String> UNTESTED = untested();

  private ContractRules() {}

  /** The number of every rule, in the contract's order. */
  public static List<String> numbers() {
    return NUMBERS;
  }

  /** The kit's tests, by name. */
  static List<Method> tests() {
    List<Method> tests = new ArrayList<>();
    for (Class<?> group : StorageTck.class.getInterfaces()) {
      Arrays.stream(group.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Rule.class))
          .forEach(tests::add);
    }
    tests.sort((a, b) -> a.getName().compareTo(b.getName()));
    return tests;
  }

  private static Map<String, String> untested() {
    Map<String, String> reasons = new TreeMap<>();
    reasons.put("2.2 loss of a minority", "needs a storage that has members");
    reasons.put("7.4", "what an engine's settings can break is known to its backend alone");
    reasons.put("8.2 in the configured time", "how long a lease is, its backend alone knows");
    reasons.put("8.2 cut off", "a leader that is cut off needs an engine between two networks");
    return Collections.unmodifiableMap(reasons);
  }
}
