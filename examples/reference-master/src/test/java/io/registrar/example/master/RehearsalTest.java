package io.registrar.example.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.master.flag.FlagReader;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.record.MasterInfo;
import io.registrar.spi.StorageCatalog;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RehearsalTest {
  /** In play, the real port, which may be taken, and who may come do not count. */
  @Test
  void agentsRegisterWithAMasterInPlay() throws Exception {
    MasterFlags flags =
        new FlagReader(StorageCatalog.discover())
            .read(
                new String[] {"--registry=in_memory", "--ip=192.0.2.1", "--registry_strict=true"},
                Map.of())
            .orElseThrow();
    MasterInfo self = new MasterInfo("m1", "localhost", "http://127.0.0.1:5050", "");
    assertThat(Rehearsal.play(flags, self)).isEqualTo(20);
  }
}
