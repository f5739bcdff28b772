package io.registrar.tck.report;

import java.util.Map;

/** The report as Markdown: tables, for a repository or a pull request. */
final class MarkdownPage {
  private final StringBuilder text = new StringBuilder();

  private MarkdownPage() {}

  static String of(TckReport report) {
    MarkdownPage page = new MarkdownPage();
    page.line("# " + report.storage() + ": compatibility report").line("");
    page.line(report.headline()).line("");
    page.table("fact", report.facts());
    page.line("| rule | test | verdict | ms | detail |").line("|---|---|---|---:|---|");
    for (RuleResult result : report.results()) {
      page.line(
          "| "
              + String.join(
                  " | ",
                  result.rule(),
                  result.test(),
                  result.verdict().words(),
                  Long.toString(result.millis()),
                  cell(result.detail()))
              + " |");
    }
    page.line("");
    page.table("not tested by the kit", report.untested());
    page.table("speed", report.profile());
    page.table("environment", report.environment());
    return page.text.toString();
  }

  private void table(String name, Map<String, String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    line("| " + name + " | |").line("|---|---|");
    rows.forEach((key, value) -> line("| " + cell(key) + " | " + cell(value) + " |"));
    line("");
  }

  private MarkdownPage line(String line) {
    text.append(line).append('\n');
    return this;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", "<br>");
  }
}
