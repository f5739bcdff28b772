package io.registrar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.StorageCatalog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RegistrarCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpListsTheVerbsAndTheExitStatusOfEachCase() {
    assertThat(run("--help")).isEqualTo(ExitStatus.OK.status());
    assertThat(out.toString()).contains("tck", "compatibility", "REGISTRAR_CLASSPATH");
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(out.toString()).containsPattern("(?m)^ *" + status.status() + " ");
    }
  }

  @Test
  void helpOfAVerbListsTheOptionsOfEveryStorage() {
    assertThat(run("tck", "--help")).isEqualTo(ExitStatus.OK.status());
    StorageCatalog.discover()
        .providers()
        .forEach(
            provider -> {
              assertThat(out.toString()).contains(provider.name());
              provider
                  .options()
                  .forEach(option -> assertThat(out.toString()).contains(option.toString() + "="));
            });
    assertThat(out.toString()).contains("--report=DIR");
  }

  @Test
  void everyOwnStorageIsOnTheClassPath() {
    assertThat(StorageCatalog.discover().providers())
        .extracting(provider -> provider.name())
        .contains("in_memory", "leveldb", "jdbc", "zookeeper", "replicated_log");
  }

  @Test
  void withoutAVerbItTellsWhereHelpIs() {
    assertThat(run()).isEqualTo(ExitStatus.USAGE.status());
    assertThat(err.toString()).contains("a verb is needed", "registrar --help");
  }

  @Test
  void anUnknownVerbIsToldBack() {
    assertThat(run("tkc")).isEqualTo(ExitStatus.USAGE.status());
    assertThat(err.toString()).contains("tkc", "registrar --help");
  }

  @Test
  void anUnknownStorageListsThoseThatThereAre() {
    assertThat(run("tck", "--registry=etcd", "--report=/nowhere"))
        .isEqualTo(ExitStatus.USAGE.status());
    assertThat(err.toString())
        .contains("no registry storage named 'etcd'")
        .contains("in_memory", "leveldb", "jdbc", "zookeeper", "replicated_log");
  }

  @Test
  void anOptionOfAnotherStorageIsRefused() {
    assertThat(run("tck", "--registry=in_memory", "--report=/nowhere", "--leveldb-path=/x"))
        .isEqualTo(ExitStatus.USAGE.status());
    assertThat(err.toString()).contains("--registry=in_memory has no option --leveldb_path");
  }

  private int run(String... arguments) {
    int status = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    assertThat(Arrays.stream(ExitStatus.values()).map(ExitStatus::status)).contains(status);
    return status;
  }
}
