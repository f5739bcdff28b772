package io.registrar.tck;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageProvider;
import io.registrar.tck.report.RuleResult;
import io.registrar.tck.report.TckReport;
import io.registrar.tck.report.Verdict;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what one run of the kit finds out, for its report. Thread-safe. */
final class RunRecord {
  /** Where to; a Maven build's own directory unless the property says otherwise. */
  private static final String DIRECTORY = "registrar.tck.report";

  private final List<RuleResult> results = new ArrayList<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final long began = System.nanoTime();
  private @Nullable StorageProvider provider;

  synchronized void add(
      Rule rule, String test, Verdict verdict, @Nullable Throwable why, long nanos) {
    String detail = why == null ? "" : String.valueOf(why.getMessage());
    results.add(
        new RuleResult(rule.value(), test, rule.expects(), verdict, detail, nanos / 1_000_000));
  }

  /** Asks an open storage what it is, once, and the test what it has found. */
  synchronized void know(RegistryUnderTest underTest) {
    facts.putAll(underTest.findings());
    Optional<Storage> open = underTest.latest();
    if (provider == null && open.isPresent()) {
      StorageProvider known = underTest.target().newProvider();
      facts.put("description", known.description());
      facts.put("contract version", Integer.toString(known.contractVersion()));
      facts.put(
          "capabilities",
          open.get().capabilities().stream()
              .map(Enum::name)
              .sorted()
              .reduce((a, b) -> a + ", " + b)
              .orElse("none beyond the base"));
      facts.put(
          "largest value",
          String.format(Locale.ROOT, "%,d bytes", open.get().limits().maxValueBytes()));
      facts.put(
          "largest batch",
          String.format(
              Locale.ROOT,
              "%,d bytes, %,d keys",
              open.get().limits().maxBatchBytes(),
              open.get().limits().maxBatchKeys()));
      provider = known;
    }
  }

  /** For the log: which rules were kept, and what was not, and why. */
  synchronized String text(Class<?> test) {
    TreeSet<String> kept = new TreeSet<>();
    StringBuilder rest = new StringBuilder();
    for (RuleResult result : results) {
      if (result.verdict() == Verdict.KEPT) {
        kept.add(result.rule());
      } else {
        String why = result.verdict() == Verdict.BROKEN ? "" : ": " + result.detail();
        rest.append("\n  ").append(result.verdict().words()).append(' ');
        rest.append(result.rule()).append(' ').append(result.test()).append(why);
      }
    }
    ContractRules.UNTESTED.forEach(
        (rule, why) -> rest.append("\n  no test ").append(rule).append(": ").append(why));
    return test.getSimpleName() + " keeps rules " + String.join(", ", kept) + rest;
  }

  /** Writes the report of this run, if there is anything to tell and a place for it. */
  synchronized Optional<Path> write(Class<?> test, SpeedProfile.Source speeds) throws Exception {
    Optional<Path> directory = directory(test);
    StorageProvider known = provider;
    if (known == null || directory.isEmpty()) {
      return Optional.empty();
    }
    List<RuleResult> sorted = new ArrayList<>(results);
    sorted.addAll(notRun());
    // Not as they ended: they may have run beside each other.
    sorted.sort(
        Comparator.comparing((RuleResult result) -> ContractRules.NUMBERS.indexOf(result.rule()))
            .thenComparing(RuleResult::test));
    String version = known.getClass().getPackage().getImplementationVersion();
    new TckReport(
            known.name(),
            known.getClass().getName(),
            version == null ? "unversioned" : version,
            facts,
            sorted,
            ContractRules.UNTESTED,
            environment(),
            speeds.measure(),
            (System.nanoTime() - began) / 1_000_000)
        .write(directory.get());
    return directory;
  }

  private List<RuleResult> notRun() {
    Set<String> run = results.stream().map(RuleResult::test).collect(Collectors.toSet());
    return ContractRules.tests().stream()
        .filter(test -> !run.contains(test.getName()))
        .map(RunRecord::notRun)
        .toList();
  }

  private static RuleResult notRun(Method test) {
    Rule rule = Objects.requireNonNull(test.getAnnotation(Rule.class));
    return new RuleResult(rule.value(), test.getName(), rule.expects(), Verdict.NOT_RUN, "", 0);
  }

  private static Optional<Path> directory(Class<?> test) {
    String given = System.getProperty(DIRECTORY);
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    Path build = Path.of("target");
    return Files.isDirectory(build)
        ? Optional.of(build.resolve("tck-report").resolve(test.getSimpleName()))
        : Optional.empty();
  }

  private static Map<String, String> environment() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("at", java.time.Instant.now().toString());
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("locale", Locale.getDefault().toString());
    facts.put("charset", java.nio.charset.Charset.defaultCharset().name());
    facts.put("time factor", System.getProperty("registrar.tck.timeFactor", "1"));
    facts.put("history calls", Integer.toString(HistoryRules.CALLS));
    facts.put("history seed", Long.toString(HistoryRules.SEED));
    return facts;
  }
}
