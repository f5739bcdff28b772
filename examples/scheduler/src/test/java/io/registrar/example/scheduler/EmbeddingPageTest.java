package io.registrar.example.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/embedding.md} shows is in the source, line by line; only indentation differs.
 */
class EmbeddingPageTest {
  private static final Path PAGE = Path.of("../../docs/embedding.md");
  private static final Path SOURCE = Path.of("src/main/java");
  private static final Path GUICE = Path.of("../../registrar-api/src/test/java/io/registrar/guice");
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void everySnippetIsInTheSource() throws IOException {
    List<String> snippets =
        SNIPPET.matcher(Files.readString(PAGE)).results().map(EmbeddingPageTest::lines).toList();
    assertThat(snippets).hasSizeGreaterThan(4);
    String sources = sources(SOURCE) + sources(GUICE);
    assertThat(snippets)
        .allSatisfy(snippet -> assertThat(sources.contains(snippet)).as(snippet).isTrue());
  }

  private static String lines(MatchResult snippet) {
    return withoutIndentation(snippet.group(1));
  }

  private static String sources(Path folder) throws IOException {
    StringBuilder all = new StringBuilder("\n");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(withoutIndentation(Files.readString(file)));
      }
    }
    return all.toString();
  }

  private static String withoutIndentation(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
  }
}
