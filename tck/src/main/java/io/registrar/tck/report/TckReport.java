package io.registrar.tck.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the kit found out about a storage, as one page for people, with JSON and Markdown beside it.
 *
 * @param storage its name, as in {@code --registry=}
 * @param provider the provider's class
 * @param version the version of the jar that the provider is in, or "unversioned"
 * @param facts contract version, capabilities, limits: for people
 * @param results one for each test, by rule
 * @param untested rules, or parts of them, that the kit does not test, with the reason
 * @param environment machine, Java, settings, seed
 * @param profile rough speeds, empty if none were measured
 * @param millis how long it all took
 */
public record TckReport(
    String storage,
    String provider,
    String version,
    Map<String, String> facts,
    List<RuleResult> results,
    Map<String, String> untested,
    Map<String, String> environment,
    Map<String, String> profile,
    long millis) {

  public TckReport {
    results = List.copyOf(results);
  }

  /** How many tests ended so. */
  public long count(Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }

  /** How the rule's tests ended, all together; empty if the kit has none for it. */
  public Optional<Verdict> verdict(String rule) {
    return results.stream()
        .filter(result -> result.rule().equals(rule))
        .map(RuleResult::verdict)
        .reduce((one, other) -> other.countsBefore(one) ? other : one);
  }

  /** Whether every test that binds the storage was run, and none showed a broken rule. */
  public boolean contractKept() {
    return count(Verdict.KEPT) > 0 && count(Verdict.BROKEN) == 0 && count(Verdict.NOT_RUN) == 0;
  }

  /** The first line: what somebody who reads nothing else must know. */
  public String headline() {
    long broken = count(Verdict.BROKEN);
    long notRun = count(Verdict.NOT_RUN);
    long excluded = count(Verdict.EXCLUDED);
    String durable =
        facts.getOrDefault("capabilities", "").contains("DURABLE") ? "" : "Not durable. ";
    String verdict = "Keeps the contract: " + count(Verdict.KEPT) + " tests passed, none failed.";
    if (broken > 0) {
      verdict = broken + " of " + results.size() + " tests show a broken rule: " + broken() + ".";
    } else if (notRun > 0) {
      verdict = "Proves nothing: " + notRun + " of " + results.size() + " tests were not run.";
    }
    return durable + verdict + (excluded > 0 ? " " + excluded + " were excluded." : "");
  }

  private String broken() {
    return results.stream()
        .filter(result -> result.verdict() == Verdict.BROKEN)
        .map(RuleResult::rule)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * Writes {@code report.html}, {@code report.json} and {@code report.md}.
   *
   * @param directory made if it is not there
   */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("report.html"), HtmlPage.of(this));
    Files.writeString(directory.resolve("report.md"), MarkdownPage.of(this));
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(directory.resolve("report.json").toFile(), this);
  }

  /** Reads the {@code report.json} that {@link #write} has written. */
  public static TckReport read(Path json) throws IOException {
    return new ObjectMapper().readValue(json.toFile(), TckReport.class);
  }
}
