package io.registrar.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TckReportTest {
  private static final RuleResult KEPT =
      new RuleResult("1.1", "rule_1_1_a", "keys <come> back", Verdict.KEPT, "", 3);
  private static final RuleResult BROKEN =
      new RuleResult("2.1", "rule_2_1_b", "all or none", Verdict.BROKEN, "a | half & <b>", 4);
  private static final RuleResult EXCLUDED =
      new RuleResult("7.3", "rule_7_3_c", "disks", Verdict.EXCLUDED, "excluded: why", 0);

  @Test
  void whatIsWrittenIsReadBack(@TempDir Path directory) throws Exception {
    TckReport report = report("[DURABLE]", KEPT, BROKEN, EXCLUDED);
    report.write(directory);
    assertThat(TckReport.read(directory.resolve("report.json"))).isEqualTo(report);
  }

  @Test
  void thePageStandsAloneAndShowsTextAsText(@TempDir Path directory) throws Exception {
    report("[DURABLE]", KEPT, BROKEN).write(directory);
    String html = Files.readString(directory.resolve("report.html"));
    assertThat(html)
        .contains("keys &lt;come&gt; back", "a | half &amp; &lt;b&gt;", "<details open>")
        .doesNotContain("src=", "href=", "<script", "<b>");
    assertThat(Files.readString(directory.resolve("report.md"))).contains("a \\| half");
  }

  @Test
  void theFirstLineSaysWhatMatters() {
    assertThat(report("DURABLE", KEPT).headline())
        .isEqualTo("Keeps the contract: 1 tests passed, none failed.");
    assertThat(report("none", KEPT, BROKEN).headline())
        .isEqualTo("Not durable. 1 of 2 tests show a broken rule: 2.1.");
    assertThat(report("DURABLE", KEPT, EXCLUDED).headline()).endsWith("1 were excluded.");
  }

  private static TckReport report(String capabilities, RuleResult... results) {
    return new TckReport(
        "mine",
        "org.example.Mine",
        "1",
        Map.of("capabilities", capabilities),
        List.of(results),
        Map.of("7.4", "known to the backend alone"),
        Map.of("java", "17"),
        Map.of("1 caller", "500 operations a second"),
        7);
  }
}
