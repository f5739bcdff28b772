package io.registrar.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.opentest4j.TestAbortedException;

/**
 * The tests that a backend excludes, in the file {@code registrar-tck-exclusions.txt} on its test
 * class path: a test, a reason and a link a line, with | between them. The report shows them.
 */
final class Exclusions {
  static final String FILE = "registrar-tck-exclusions.txt";

  private final Map<String, String> reasons = new TreeMap<>();

  private Exclusions() {}

  /**
   * The file on this class path; nothing is excluded where there is none.
   *
   * @throws AssertionError if a line names no test, or lacks its reason or link
   */
  static Exclusions of(ClassLoader classPath) {
    try (InputStream in = classPath.getResourceAsStream(FILE)) {
      return in == null ? new Exclusions() : read(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Exclusions read(InputStream in) throws IOException {
    Exclusions exclusions = new Exclusions();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        exclusions.add(line);
      }
    }
    return exclusions;
  }

  private void add(String line) {
    String[] parts = line.split("\\|", -1);
    boolean complete =
        parts.length == 3 && !parts[1].isBlank() && parts[2].strip().startsWith("http");
    if (!complete) {
      throw new AssertionError(
          FILE + ": a line is 'test | reason | link', with an http link; got '" + line + "'");
    }
    String test = parts[0].strip();
    if (ContractRules.tests().stream().noneMatch(rule -> rule.getName().equals(test))) {
      throw new AssertionError(FILE + ": the kit has no test '" + test + "'");
    }
    reasons.put(test, parts[1].strip() + " (" + parts[2].strip() + ")");
  }

  /** Why this test is not run, if it is not. */
  Optional<String> reason(String test) {
    return Optional.ofNullable(reasons.get(test));
  }

  /** A test that the backend excludes. */
  static final class Excluded extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    Excluded(String reason) {
      super("excluded: " + reason);
    }
  }
}
