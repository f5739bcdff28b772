package io.registrar.tck.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The report as one page without anything beside it: no script, no font, no network. */
final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8884; --quiet: #777; --good: #1a7f37; --bad: #cf222e; }
      * { box-sizing: border-box; }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; }
      h1 { font-size: 1.6rem; margin: 0; }
      h2 { font-size: 1.1rem; margin: 2.2rem 0 .5rem; }
      .headline { border-left: .3rem solid var(--good); font-size: 1.15rem; margin: 1rem 0; padding: .4rem .9rem; }
      .headline.bad { border-color: var(--bad); }
      dl { display: grid; gap: .15rem 1rem; grid-template-columns: minmax(8rem, 14rem) 1fr; margin: 0; }
      dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
      details { border-top: 1px solid var(--line); padding: .45rem 0; }
      details:last-of-type { border-bottom: 1px solid var(--line); }
      summary { cursor: pointer; display: flex; gap: .75rem; }
      summary::before { color: var(--quiet); content: "\\25B8"; flex: 0 0 .8rem; }
      details[open] > summary::before { content: "\\25BE"; }
      summary .no { flex: 0 0 2.5rem; font-weight: 600; }
      summary .what { flex: 1; }
      summary .how { white-space: nowrap; }
      .kept { color: var(--good); } .broken { color: var(--bad); font-weight: 600; }
      .not_applicable, .excluded, .not_run { color: var(--quiet); }
      .test { margin: .6rem 0 .6rem 4.8rem; } .test p { margin: 0; }
      code { font: .85rem ui-monospace, monospace; overflow-wrap: anywhere; }
      pre { background: #8881; font-size: .8rem; overflow-wrap: anywhere; padding: .6rem; white-space: pre-wrap; }
      .quiet { color: var(--quiet); font-size: .9rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; }
        summary { flex-wrap: wrap; gap: 0 .75rem; } summary .what { flex-basis: calc(100% - 5.5rem); }
        summary .how { flex-basis: 100%; padding-left: 4.8rem; } .test { margin-left: 0; } }
      """;

  private final StringBuilder html = new StringBuilder();

  private HtmlPage() {}

  static String of(TckReport report) {
    HtmlPage page = new HtmlPage();
    page.head(report);
    page.list("What it is", report.facts());
    page.list("How fast, roughly", report.profile());
    page.rules(report);
    page.list("Not tested by the kit", report.untested());
    page.list("Where and how", report.environment());
    page.html.append("</body></html>\n");
    return page.html.toString();
  }

  private void head(TckReport report) {
    String title = escaped(report.storage()) + ": compatibility report";
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
        .append(title)
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(title)
        .append("</h1><p class=\"headline")
        .append(report.contractKept() ? "" : " bad")
        .append("\">")
        .append(escaped(report.headline()))
        .append("</p>");
  }

  private void list(String title, Map<String, String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    html.append("<h2>").append(title).append("</h2><dl>");
    entries.forEach(
        (name, text) ->
            html.append("<dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(text))
                .append("</dd>"));
    html.append("</dl>");
  }

  private void rules(TckReport report) {
    html.append("<h2>Rule by rule</h2>");
    Map<String, StringBuilder> tests = new LinkedHashMap<>();
    Map<String, RuleResult> worst = new LinkedHashMap<>();
    for (RuleResult result : report.results()) {
      tests.computeIfAbsent(result.rule(), rule -> new StringBuilder()).append(test(result));
      worst.merge(result.rule(), result, HtmlPage::counting);
    }
    worst.forEach(
        (rule, result) ->
            html.append(result.verdict() == Verdict.BROKEN ? "<details open>" : "<details>")
                .append("<summary><span class=\"no\">")
                .append(rule)
                .append("</span><span class=\"what\">")
                .append(escaped(result.expects()))
                .append("</span>")
                .append(how(result.verdict()))
                .append("</summary>")
                .append(tests.get(rule))
                .append("</details>"));
  }

  private static RuleResult counting(RuleResult one, RuleResult other) {
    return other.verdict().countsBefore(one.verdict()) ? other : one;
  }

  private static String test(RuleResult result) {
    return "<div class=\"test\"><p>"
        + escaped(result.expects())
        + "</p><p class=\"quiet\"><code>"
        + escaped(result.test())
        + "</code>, "
        + duration(result.millis())
        + ", "
        + how(result.verdict())
        + "</p>"
        + (result.detail().isEmpty() ? "" : "<pre>" + escaped(result.detail()) + "</pre>")
        + "</div>";
  }

  private static String duration(long millis) {
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private static String how(Verdict verdict) {
    return "<span class=\"how "
        + verdict.name().toLowerCase(Locale.ROOT)
        + "\">"
        + verdict.words()
        + "</span>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
