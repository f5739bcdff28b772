package io.registrar.cli.tck;

import io.registrar.spi.Capability;
import io.registrar.tck.ContractRules;
import io.registrar.tck.report.TckReport;
import io.registrar.tck.report.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reports side by side, a storage a column: what it declares, rule by rule, and how fast. */
final class CompatibilityPage {
  /** What the names of storages follow that are not shown. */
  static final String WITHOUT = "Not on this page, for want of a report: ";

  private final List<TckReport> reports;
  private final StringBuilder text = new StringBuilder();

  private CompatibilityPage(List<TckReport> reports) {
    this.reports = reports;
  }

  /**
   * The page.
   *
   * @param known names of storages; those without a report are told to have none
   */
  static String of(List<TckReport> reports, Collection<String> known) {
    CompatibilityPage page = new CompatibilityPage(reports);
    page.line("# Which storage keeps what").line("");
    page.line("Made from the compatibility test kit's own reports; `docs/testing.md` has the")
        .line("command. \"Not applicable\" is a rule that binds only what the storage does not")
        .line("declare, or needs a fault that its test does not offer; its report says which.")
        .line("");
    Set<String> without = new LinkedHashSet<>(known);
    reports.forEach(report -> without.remove(report.storage()));
    if (!without.isEmpty()) {
      page.line(WITHOUT + String.join(", ", without) + ".").line("");
    }
    page.declared();
    page.rules();
    page.speeds();
    page.runs();
    return page.text.toString();
  }

  private void declared() {
    head("what it is");
    row("report", TckReport::headline);
    row("contract version", fact("contract version"));
    for (Capability capability : Capability.values()) {
      row("`" + capability + "`", report -> declares(report, capability));
    }
    row("largest value", fact("largest value"));
    row("largest batch", fact("largest batch"));
    line("");
  }

  private void rules() {
    head("rule");
    for (String rule : ContractRules.numbers()) {
      row(rule, report -> report.verdict(rule).map(CompatibilityPage::cell).orElse("no test"));
    }
    line("");
    Set<String> untested = new LinkedHashSet<>();
    for (TckReport report : reports) {
      report.untested().forEach((rule, why) -> untested.add("- " + rule + ": " + why));
    }
    line("Not tested by the kit:").line("");
    untested.forEach(this::line);
    line("");
  }

  private void speeds() {
    Set<String> measured = new LinkedHashSet<>();
    reports.forEach(report -> measured.addAll(report.profile().keySet()));
    if (measured.isEmpty()) {
      return;
    }
    line("Rough speeds, of one run each on one busy machine: good for orders of magnitude.")
        .line("");
    head("speed");
    for (String speed : measured) {
      row(speed, report -> report.profile().getOrDefault(speed, "not measured"));
    }
    line("");
  }

  private void runs() {
    head("run");
    List<String> names = new ArrayList<>(List.of("at", "java", "system", "processors"));
    names.addAll(List.of("history calls", "history seed"));
    for (String name : names) {
      row(name, report -> report.environment().getOrDefault(name, "not told"));
    }
    row("took", report -> report.millis() / 1000 + " s");
  }

  private void head(String corner) {
    line(
        "| "
            + corner
            + " | "
            + reports.stream().map(TckReport::storage).collect(Collectors.joining(" | "))
            + " |");
    line("|---|" + "---|".repeat(reports.size()));
  }

  private void row(String name, Function<TckReport, String> cell) {
    String cells = reports.stream().map(cell).collect(Collectors.joining(" | "));
    line("| " + name + " | " + cells + " |");
  }

  private static Function<TckReport, String> fact(String name) {
    return report -> report.facts().getOrDefault(name, "not told");
  }

  private static String declares(TckReport report, Capability capability) {
    String declared = report.facts().getOrDefault("capabilities", "");
    return Arrays.asList(declared.split(", ")).contains(capability.name()) ? "yes" : "no";
  }

  private static String cell(Verdict verdict) {
    return verdict == Verdict.BROKEN ? "**broken**" : verdict.words();
  }

  private CompatibilityPage line(String line) {
    text.append(line).append('\n');
    return this;
  }
}
