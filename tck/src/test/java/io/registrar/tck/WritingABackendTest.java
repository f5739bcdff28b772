package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/writing-a-backend.md shows is what works. */
class WritingABackendTest {
  private static final Path PAGE = Path.of("..", "docs", "writing-a-backend.md");

  @Test
  void theClassOfThePageCompiles(@TempDir Path sources) throws Exception {
    compile(sources, blocks("java").get(0));
  }

  @Test
  void theFaultsOfThePageCompile(@TempDir Path sources) throws Exception {
    String plain = blocks("java").get(0);
    String faults = blocks("java").get(1);
    compile(
        sources,
        plain
            .replaceFirst("\\}\\s*$", Matcher.quoteReplacement(faults + "}"))
            .replace("import java.nio.file.Path;", "import java.nio.file.*;")
            .replace("tck.StorageTck;", "tck.*;"));
  }

  private static void compile(Path sources, String test) throws Exception {
    Path directory = Files.createDirectories(sources.resolve("org/example"));
    Files.writeString(directory.resolve("MyBackendTest.java"), test);
    Files.writeString(
        directory.resolve("MyProvider.java"),
        "package org.example; public class MyProvider"
            + " extends io.registrar.tck.plain.PlainStorageProvider {}");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-proc:none", "-d", sources.toString()),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(
                        directory.resolve("MyBackendTest.java"),
                        directory.resolve("MyProvider.java")))
            .call();
    assertThat(compiled).as(said.toString()).isTrue();
  }

  @Test
  void thePomOfThePageNamesTheVersionsOfThisBuild() throws Exception {
    String parent = Files.readString(Path.of("..", "pom.xml"));
    String pom = blocks("xml").get(0);
    assertThat(parent).contains("<junit.version>" + version(pom, "junit-jupiter") + "<");
    for (String module : new String[] {"registrar-api", "tck"}) {
      assertThat(parent).contains("<version>" + version(pom, module) + "</version>");
    }
  }

  @Test
  void thePageNamesNoTestThatTheKitDoesNotHave() throws Exception {
    Matcher names = Pattern.compile("rule_\\w+").matcher(Files.readString(PAGE));
    assertThat(names.find()).isTrue();
    do {
      assertThat(ContractRules.tests()).anyMatch(test -> test.getName().equals(names.group()));
    } while (names.find());
  }

  private static List<String> blocks(String language) throws Exception {
    List<String> blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).isNotEmpty();
    return blocks;
  }

  private static String version(String pom, String artifact) {
    Matcher version =
        Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<")
            .matcher(pom);
    assertThat(version.find()).isTrue();
    return version.group(1);
  }
}
