package io.registrar.example.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.Witness;
import io.registrar.spi.StorageCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  private static final StorageCatalog CATALOG = StorageCatalog.of(List.of(new FaultyProvider()));

  @TempDir private Path directory;

  @Test
  void aMissingWorkDirectoryIsMadeAndLetGoOfAtTheEnd() throws Exception {
    Path work = directory.resolve("deep/er");
    start(work).close();
    assertThat(work.resolve(Witness.FILE_NAME)).exists();
    Files.delete(work.resolve(Witness.FILE_NAME)); // this storage forgets, whatever it claims
    start(work).close();
  }

  @Test
  void aDurableStorageNeedsAWorkDirectory() {
    assertThatThrownBy(() -> RunningMaster.start(CATALOG, "--registry=faulty"))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("--work_dir=PATH is needed");
  }

  @Test
  void aDirectoryInUseIsRefusedNamingTheProcess() throws Exception {
    try (RunningMaster first = start(directory)) {
      assertThat(first.get("/health/ready").status()).isEqualTo(200);
      assertThatThrownBy(() -> start(directory))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("in use")
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
    }
  }

  @Test
  void anotherProgramsDirectoryIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(directory.resolve("thesis.tex"), "work");
    assertThatThrownBy(() -> start(directory))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("thesis.tex");
    assertThat(directory).isDirectoryNotContaining(file -> file.endsWith(OwnedDirectory.LOCK_FILE));
  }

  @Test
  void aFileIsNoWorkDirectory() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(() -> start(file))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> start(file.resolve("below")))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("--work_dir=" + file.resolve("below"));
  }

  @Test
  void aPortInUseIsRefusedAndEverythingIsLetGo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  RunningMaster.startAt(
                      CATALOG,
                      "--registry=faulty",
                      "--work_dir=" + directory,
                      "--port=" + taken.getLocalPort()))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("--port=" + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
    start(directory).close();
  }

  @Test
  void aDirectoryOfAnotherStorageIsRefusedBeforeAnythingIsMadeInIt() throws Exception {
    start(directory).close();
    assertThatThrownBy(
            () -> RunningMaster.start(StorageCatalog.discover(), "--work_dir=" + directory))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("are in the registry storage 'faulty'")
        .hasMessageContaining("this start asks for 'replicated_log'")
        .hasMessageContaining("use --registry=faulty")
        .hasMessageContaining(directory.resolve(Witness.FILE_NAME).toString());
    assertThat(directory).isDirectoryNotContaining("glob:**replicated_log*");
  }

  @Test
  void anEmptyStoreBesideAWitnessIsRefused() throws Exception {
    start(directory).close();
    assertThatThrownBy(() -> start(directory))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("is empty")
        .hasMessageContaining(directory.resolve(Witness.FILE_NAME).toString());
  }

  private static RunningMaster start(Path work) throws Exception {
    return RunningMaster.start(CATALOG, "--registry=faulty", "--work_dir=" + work);
  }
}
