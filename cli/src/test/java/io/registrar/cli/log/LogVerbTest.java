package io.registrar.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.cli.CannotRunException;
import io.registrar.cli.ExitStatus;
import io.registrar.spi.Batch;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StorageSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verb on a log that the storage has written. */
class LogVerbTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final byte[] VALUE = "the value of one record".getBytes(StandardCharsets.UTF_8);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path work;

  @Test
  void aLogInOrderIsSummedUpAndShown() throws Exception {
    open().close();
    assertThat(run("status", log())).isEqualTo(ExitStatus.OK.status());
    assertThat(out.toString()).contains("member", "ensemble", "entries", "segment 1");
    assertThat(run("verify", log())).isEqualTo(ExitStatus.OK.status());
    assertThat(out.toString()).contains("none damaged");
    assertThat(run("read", log())).isEqualTo(ExitStatus.OK.status());
    assertThat(out.toString()).contains("1 (file 1 at ", "Started", "Accepted");
  }

  @Test
  void aChangedByteIsNamed() throws Exception {
    open().close();
    Path file = segment();
    byte[] bytes = Files.readAllBytes(file);
    bytes[indexOf(bytes)] ^= 1;
    Files.write(file, bytes);
    assertThat(run("verify", log())).isEqualTo(ExitStatus.NOT_KEPT.status());
    assertThat(out.toString()).contains("DAMAGED " + file);
    assertThat(run("read", log())).isEqualTo(ExitStatus.NOT_KEPT.status());
    assertThat(run("status", log())).isEqualTo(ExitStatus.NOT_KEPT.status());
  }

  @Test
  void aLogThatIsOpenAndADirectoryWithoutOneAreRefused() throws Exception {
    try (Storage running = open()) {
      assertThat(running.capabilities()).isNotEmpty();
      assertThat(run("status", log())).isEqualTo(ExitStatus.CANNOT_RUN.status());
      assertThat(err.toString()).contains("registry.log");
    }
    assertThat(run("verify", work.toString())).isEqualTo(ExitStatus.CANNOT_RUN.status());
    assertThat(err.toString()).contains("holds no log");
    assertThat(run()).isEqualTo(ExitStatus.USAGE.status());
  }

  @Test
  void recoveringIsDecidedByAPersonAndRefusedWhereItIsNotNeeded() throws Exception {
    open().close();
    assertThat(run("recover", log())).isEqualTo(ExitStatus.USAGE.status());
    assertThat(err.toString()).contains("--dry_run", "--the_others_are_lost_for_good");
    for (String mode : List.of("--dry_run", "--the_others_are_lost_for_good")) {
      assertThat(run("recover", mode, log())).isEqualTo(ExitStatus.CANNOT_RUN.status());
      assertThat(err.toString()).contains("member 1 is its only member already; just start it");
    }
    assertThat(run("verify", log())).isEqualTo(ExitStatus.OK.status());
  }

  /** A storage of one member, after two commits. */
  private Storage open() throws Exception {
    StorageProvider provider = StorageCatalog.discover().named("replicated_log");
    Storage storage =
        provider.open(StorageSettings.read(provider, RegistryName.DEFAULT, work, Map.of()), SOON);
    StorageSession session = storage.acquire("test", Floor.NONE, SOON);
    session.snapshot().close();
    for (int i = 0; i < 2; i++) {
      session.commit(
          Batch.of(Header.of(new byte[] {1})).put(new RecordKey("agent", "a" + i), VALUE).build(),
          SOON);
    }
    return storage;
  }

  private String log() {
    return work.resolve("replicated_log").resolve("registry.log").toString();
  }

  private Path segment() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of(log()))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> indexOfQuietly(file) >= 0)
          .findFirst()
          .orElseThrow();
    }
  }

  private static int indexOfQuietly(Path file) {
    try {
      return indexOf(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the value first stands. */
  private static int indexOf(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .indexOf(new String(VALUE, StandardCharsets.ISO_8859_1));
  }

  private int run(String... arguments) {
    return new CommandLine(new LogVerb())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              line.getErr().println(e.getMessage());
              return e instanceof CannotRunException
                  ? ExitStatus.CANNOT_RUN.status()
                  : ExitStatus.FAULT.status();
            })
        .execute(arguments);
  }
}
