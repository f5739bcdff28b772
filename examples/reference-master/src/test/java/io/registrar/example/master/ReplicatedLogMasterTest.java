package io.registrar.example.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.StorageCatalog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master over a log of one member, as it is begun before it grows. */
@Timeout(120)
class ReplicatedLogMasterTest {
  @TempDir private Path directory;

  @Test
  void itNeedsNothingButAWorkDirectoryAndRemembers() throws Exception {
    try (RunningMaster master = start()) {
      assertThat(master.awaitLeads().put("/agents/a1", RunningMaster.AGENT).status())
          .isEqualTo(201);
      assertThat(master.get("/members").status()).isEqualTo(200);
    }
    try (RunningMaster again = start()) {
      assertThat(again.awaitLeads().get("/agents/a1").status()).isEqualTo(200);
      assertThat(
              again
                  .get("/metrics/snapshot")
                  .json()
                  .path("registrar/storage/log_ensemble_size")
                  .asLong())
          .isEqualTo(1);
    }
  }

  private RunningMaster start() throws Exception {
    return RunningMaster.start(StorageCatalog.discover(), "--work_dir=" + directory);
  }
}
