package io.registrar.cli.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.cli.ExitStatus;
import io.registrar.tck.report.TckReport;
import io.registrar.tck.report.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb as an operator starts it: a program of its own, with the storages on its class path. */
class TckVerbTest {
  private static final String A_RULE = "rule_2_2_acknowledgedCommitsSurviveSigkillAtOnce";
  private static final long LONGEST_MINUTES = 5;

  @TempDir private Path directory;

  @Test
  void aStorageKnownByItsNameIsKilledInProcessesOfItsOwn() throws Exception {
    String said =
        tck(ExitStatus.NOT_KEPT, "--registry=leveldb", "--only=1.2,2.2", "--time_factor=4");
    assertThat(said).contains("kept    " + A_RULE).doesNotContain("BROKEN");
    TckReport report = TckReport.read(directory.resolve("report/report.json"));
    assertThat(report.storage()).isEqualTo("leveldb");
    assertThat(report.verdict("2.2")).contains(Verdict.KEPT);
    assertThat(report.verdict("1.2")).contains(Verdict.KEPT);
  }

  @Test
  void aRunOfSomeTestsProvesNothing() throws Exception {
    String said = tck(ExitStatus.NOT_KEPT, "--registry=in_memory", "--only=2.5");
    assertThat(said).contains("Proves nothing: ", " tests were not run.");
    TckReport report = TckReport.read(directory.resolve("report/report.json"));
    assertThat(report.verdict("2.5")).contains(Verdict.KEPT);
    assertThat(report.verdict("3.2")).contains(Verdict.NOT_RUN);
  }

  @Test
  void aBrokenRuleEndsInFailure() throws Exception {
    // Only a storage in files can be damaged; one that keeps none is not what it was told to be.
    String said =
        tck(ExitStatus.NOT_KEPT, "--registry=in_memory", "--only=7.1,2.5", "--files=data");
    assertThat(said).contains("BROKEN  rule_7_1_", "the same command with --only=rule_7_1_");
    assertThat(said).contains("tests show a broken rule");
  }

  @Test
  void aRunWithoutATestIsNoSuccess() throws Exception {
    Files.createDirectories(directory.resolve("report"));
    Files.writeString(directory.resolve("report/report.json"), "{}");
    String said = tck(ExitStatus.USAGE, "--registry=in_memory", "--only=12.3");
    assertThat(said).contains("the kit has no test [12.3]");
    assertThat(directory.resolve("report/report.json")).doesNotExist();
  }

  @Test
  void aStorageThatCannotBeReachedIsToldAtOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "no directory");
    String said =
        tck(ExitStatus.CANNOT_RUN, "--registry=leveldb", "--leveldb_path=" + file.resolve("db"));
    assertThat(said).contains("registrar tck: the storage cannot be opened: ");
  }

  private String tck(ExitStatus expected, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.registrar.cli.Main", "tck"));
    command.add("--report=" + directory.resolve("report"));
    command.addAll(List.of(arguments));
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(said);
    assertThat(process.exitValue()).as(text).isEqualTo(expected.status());
    return text;
  }
}
