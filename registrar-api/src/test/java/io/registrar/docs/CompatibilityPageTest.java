package io.registrar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/mesos-compatibility.md} names tests that exist, and counts as it should. */
class CompatibilityPageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/mesos-compatibility.md");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern METHOD = Pattern.compile("[A-Z]\\w*(?:Test|Rules)\\.\\w+");
  private static final Pattern TEST = // with its annotation, without a blank line between
      Pattern.compile(
          "@(?:\\w*Test|Rule)\\b(?:(?!\\n\\s*\\n).)*?\\bvoid\\s+(\\w+)\\s*\\(", Pattern.DOTALL);

  private static List<String[]> rows; // the ancestor's, ours

  @BeforeAll
  static void read() throws IOException {
    rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|"))
            .map(cells -> new String[] {cells[1].strip(), cells[2].strip()})
            .toList();
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> named = new HashSet<>();
    for (String[] row : rows) {
      quoted(row[1]).filter(text -> METHOD.matcher(text).matches()).forEach(named::add);
    }
    assertThat(named).hasSizeGreaterThan(40);
    named.removeAll(tests());
    assertThat(named).as("named on the page, and in no source file").isEmpty();
  }

  @Test
  void everyTestOfTheAncestorIsAnsweredAndCounted() throws IOException {
    int held = 0;
    int withoutMeaning = 0;
    int toCome = 0;
    Set<String> seen = new HashSet<>();
    for (String[] row : rows) {
      List<String> theirs =
          quoted(row[0]).filter(text -> text.matches("[A-Z]\\w+\\.\\w+")).toList();
      assertThat(theirs).allSatisfy(test -> assertThat(seen.add(test)).as(test).isTrue());
      String ours = row[1].toLowerCase(Locale.ROOT);
      if (ours.startsWith("none: ")) {
        withoutMeaning += theirs.size();
      } else if (ours.startsWith("to come")) {
        toCome += theirs.size();
      } else {
        held += theirs.size();
        assertThat(theirs.isEmpty() || quoted(row[1]).anyMatch(METHOD.asMatchPredicate()))
            .as("a test of ours, or why there is none, for %s", theirs)
            .isTrue();
      }
    }
    System.out.printf(
        "of %d tests of the ancestor %d are without meaning here%n",
        held + withoutMeaning + toCome, withoutMeaning);
    assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("The ancestor's")))
        .containsExactly(
            "The ancestor's %d tests: %d have a counterpart here, %d are without meaning, %d are to come."
                .formatted(held + withoutMeaning + toCome, held, withoutMeaning, toCome));
  }

  private static Stream<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(found -> found.group(1));
  }

  /** All test methods of the source tree, each as {@code Class.method}. */
  private static Set<String> tests() throws IOException {
    Set<String> tests = new HashSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(CompatibilityPageTest::mayHoldTests).toList()) {
        String type = file.getFileName().toString().replace(".java", "");
        Matcher matcher = TEST.matcher(Files.readString(file));
        while (matcher.find()) {
          tests.add(type + "." + matcher.group(1));
        }
      }
    }
    return tests;
  }

  private static boolean mayHoldTests(Path file) {
    String path = ROOT.relativize(file).toString().replace('\\', '/');
    return path.contains("src/") && path.matches(".*(Test|Rules)\\.java");
  }
}
