package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.MemberId;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the flags are checked for before anything is begun with them. */
@Timeout(120)
class LogFlagsTest {
  private static final Duration CALL = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void aQuorumIsJustMoreThanHalfOfTheMembers() {
    Set<MemberId> three = Set.of(new MemberId(1), new MemberId(2), new MemberId(3));
    LogFlags.requireQuorum(settings(Map.of()), three);
    LogFlags.requireQuorum(settings(Map.of("log_quorum", "2")), three);
    assertThatThrownBy(() -> LogFlags.requireQuorum(settings(Map.of("log_quorum", "1")), three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--log_quorum=1 does not fit the members of the log")
        .hasMessageContaining("of which 2 must agree")
        .hasMessageContaining("or give --log_quorum=2");
  }

  @Test
  void itIsCheckedAgainstTheLogItself() throws Exception {
    Map<String, String> wrong = Map.of("log_quorum", "2");
    assertThatThrownBy(() -> open(wrong)).hasMessageContaining("of which 1 must agree");
    open(Map.of("log_quorum", "1")).close();
    assertThatThrownBy(() -> open(wrong)).hasMessageContaining("of which 1 must agree");
    try (Storage letGoOf = open(Map.of())) {
      assertThat(letGoOf.gauges()).containsEntry("log_ensemble_size", 1L);
    }
  }

  private Storage open(Map<String, String> flags) throws Exception {
    return new ReplicatedLogStorageProvider().open(settings(flags), CALL);
  }

  private StorageSettings settings(Map<String, String> flags) {
    return StorageSettings.read(
        new ReplicatedLogStorageProvider(), RegistryName.DEFAULT, directory, flags);
  }
}
