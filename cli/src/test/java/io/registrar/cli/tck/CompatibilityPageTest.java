package io.registrar.cli.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.Capability;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageProvider;
import io.registrar.tck.ContractRules;
import io.registrar.tck.report.RuleResult;
import io.registrar.tck.report.TckReport;
import io.registrar.tck.report.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page shows, and that the one in {@code docs/} is no older than rules and storages. */
class CompatibilityPageTest {
  private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
  private static final String STALE =
      "docs/compatibility.md is stale; docs/testing.md has the command that makes it anew";

  @Test
  void theVerdictThatCountsMostIsTheRules() {
    String page =
        CompatibilityPage.of(
            List.of(
                report("one", result("2.1", Verdict.KEPT), result("2.1", Verdict.NOT_APPLICABLE)),
                report("two", result("2.1", Verdict.KEPT), result("2.1", Verdict.BROKEN))),
            List.of("one", "two", "three"));
    assertThat(page.lines())
        .contains("| rule | one | two |")
        .contains(CompatibilityPage.WITHOUT + "three.")
        .contains("| 2.1 | kept | **broken** |")
        .contains("| 2.2 | no test | no test |")
        .contains("| `DURABLE` | yes | yes |")
        .contains("| `ELECTION` | no | no |")
        .contains("- 7.4: known to the backend alone")
        .contains("| 64 callers | 500 a second | 500 a second |");
  }

  @Test
  void thePageOfTheDocumentationHasEveryStorage() throws Exception {
    List<String> named = new ArrayList<>(cells(lineThatBegins("| rule |")));
    Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith(CompatibilityPage.WITHOUT))
        .map(line -> line.substring(CompatibilityPage.WITHOUT.length(), line.length() - 1))
        .forEach(names -> named.addAll(List.of(names.split(", "))));
    assertThat(named)
        .as(STALE)
        .containsAll(
            StorageCatalog.discover().providers().stream().map(StorageProvider::name).toList());
  }

  @Test
  void thePageOfTheDocumentationHasEveryRuleAndCapability() throws Exception {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| ")) {
        rows.add(cells(line).get(0));
      }
    }
    assertThat(rows).as(STALE).containsAll(ContractRules.numbers());
    for (Capability capability : Capability.values()) {
      assertThat(rows).as(STALE).contains("`" + capability + "`");
    }
  }

  @Test
  void noStorageOfTheDocumentationBreaksARule() throws Exception {
    assertThat(cells(lineThatBegins("| report |")).stream().skip(1))
        .isNotEmpty()
        .allMatch(headline -> headline.contains("Keeps the contract"));
  }

  private static String lineThatBegins(String beginning) throws Exception {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line '" + beginning + "': " + STALE));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
        .map(String::strip)
        .toList();
  }

  private static RuleResult result(String rule, Verdict verdict) {
    return new RuleResult(rule, "rule_" + verdict, "what it expects", verdict, "", 1);
  }

  private static TckReport report(String storage, RuleResult... results) {
    return new TckReport(
        storage,
        "org.example.Mine",
        "1",
        Map.of("capabilities", "DURABLE, SHARED"),
        List.of(results),
        Map.of("7.4", "known to the backend alone"),
        Map.of("java", "17"),
        Map.of("64 callers", "500 a second"),
        7);
  }
}
