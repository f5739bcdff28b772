package io.registrar.example.master.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.failover.FailoverOptions;
import io.registrar.failover.RateLimit;
import io.registrar.failover.RemovalShare;
import io.registrar.memory.InMemoryStorageProvider;
import io.registrar.operation.RegisterAgent;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagReaderTest {
  private static final StorageOption<Integer> SHARDS =
      StorageOption.integer("sharded_shard_count", "How many shards.", 1, 9).orElse("3");

  private final FlagReader reader =
      new FlagReader(
          StorageCatalog.of(List.of(new InMemoryStorageProvider(), new ShardedProvider(SHARDS))));

  @TempDir private Path directory;

  @Test
  void theDefaultsAreTheAncestors() throws UsageException {
    MasterFlags flags = read("--registry=in_memory");
    assertThat(flags.ip().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(flags.port()).isEqualTo(5050);
    assertThat(flags.fetchTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(flags.storeTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(flags.settings().registry().text()).isEqualTo("registry");
    assertThat(flags.workDirectory()).isInstanceOf(WorkDirectory.Temporary.class);
    assertThat(flags.logLevel()).isEqualTo(LogLevel.INFO);
    assertThat(flags.failover()).isEqualTo(FailoverOptions.DEFAULT);
    assertThat(flags.unknownAgents()).isEqualTo(RegisterAgent.Unknown.ADMIT);
  }

  @Test
  void whatBecomesOfAgentsIsReadTyped() throws UsageException {
    MasterFlags flags =
        read(
            "--registry=in_memory",
            "--agent_removal_rate_limit=1/10mins",
            "--recovery_agent_removal_limit=25%",
            "--registry_strict=true");
    assertThat(flags.failover().removalRate()).contains(new RateLimit(1, Duration.ofMinutes(10)));
    assertThat(flags.failover().removalLimit()).isEqualTo(new RemovalShare(0.25));
    assertThat(flags.unknownAgents()).isEqualTo(RegisterAgent.Unknown.REFUSE);
  }

  @Test
  void wordsAreJoinedByEither() throws UsageException {
    MasterFlags flags =
        read("--registry=in_memory", "--work-dir", "/w", "--registry-store_timeout=500ms");
    assertThat(flags.workDirectory().path()).isEqualTo(Path.of("/w"));
    assertThat(flags.storeTimeout()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aStoragesOwnOptionReachesIt() throws UsageException {
    MasterFlags flags = read("--registry=sharded", "--sharded-shard-count=7");
    assertThat(flags.settings().get(SHARDS)).isEqualTo(7);
    assertThat(read("--registry=sharded").settings().get(SHARDS)).isEqualTo(3);
  }

  @Test
  void theAncestorsNameOfAFlagIsTakenWhereAStorageHasTheFlag() throws Exception {
    StorageOption<Integer> quorum = StorageOption.integer("log_quorum", "How many.", 1, 9);
    FlagReader ofLog =
        new FlagReader(
            StorageCatalog.of(List.of(new InMemoryStorageProvider(), new ShardedProvider(quorum))));
    Path file = file("quorum=3\n");
    Map<String, String> environment = Map.of("REGISTRAR_FLAGS_FILE", file.toString());
    String[] line = {"--registry=sharded", "--quorum=2"};
    assertThat(ofLog.read(line, environment).orElseThrow().settings().get(quorum)).isEqualTo(2);
    assertThat(
            ofLog
                .read(new String[] {"--registry=sharded"}, environment)
                .orElseThrow()
                .settings()
                .get(quorum))
        .isEqualTo(3);
    assertThatThrownBy(() -> read("--registry=sharded", "--quorum=2"))
        .hasMessageContaining("no flag '--quorum=2'");
  }

  @Test
  void theCommandLineCountsBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    Path file =
        file("# my flags\n\n--registry=in_memory\nport = 1\nlog-level=warn\nip=127.0.0.3\n");
    Map<String, String> environment =
        Map.of(
            "REGISTRAR_FLAGS_FILE", file.toString(),
            "REGISTRAR_PORT", "2",
            "REGISTRAR_LOG_LEVEL", "error");
    MasterFlags flags = reader.read(new String[] {"--port=3"}, environment).orElseThrow();
    assertThat(flags.port()).isEqualTo(3);
    assertThat(flags.logLevel()).isEqualTo(LogLevel.ERROR);
    assertThat(flags.ip().getHostAddress()).isEqualTo("127.0.0.3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--registry=oracle      | 'oracle' on the class path; there are: in_memory, sharded",
        "--regstry=in_memory    | no flag '--regstry=in_memory'",
        "stray                  | no flag 'stray'",
        "--port=http            | --port: a whole number from 0 to 65535 is needed; got 'http'",
        "--port=65536           | got '65536'",
        "--recovery_agent_removal_limit=101% | --recovery_agent_removal_limit: a share is 0% to 100%",
        "--agent_removal_rate_limit=5 | --agent_removal_rate_limit: '5' is no rate",
        "--agent_reregister_timeout=-1secs | --agent_reregister_timeout: '-1secs' is no duration",
        "--registry_max_agent_count=-1 | a whole number from 0",
        "--registry_strict=maybe | is needed; got 'maybe'",
        "--port                 | --port",
        "--port=                | --port",
        "--ip=localhost         | --ip: an IP address such as 127.0.0.1 is needed; got 'localhost'",
        "--ip=300.0.0.1         | got '300.0.0.1'",
        "--registry_fetch_timeout=60 | '60' is no duration",
        "--registry_fetch_timeout=0secs | more than zero",
        "--registry_store_timeout=-1secs | is no duration",
        "--registry_queue_capacity=0 | from 1 to",
        "--registry_name=a/b    | a registry's name is 1 to 64 characters",
        "--log_level=loud       | one of error|warn|info|debug is needed; got 'loud'",
        "--work_dir=            | --work_dir",
        "--flags_file=/nowhere/flags | /nowhere/flags does not exist",
        "--sharded_shard_count=10 | --sharded_shard_count: a whole number from 1 to 9"
      })
  void aFlagThatIsWrongIsNamedWithWhatIsNeeded(String flag, String says) {
    assertThatThrownBy(() -> read(flag))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(says);
  }

  @Test
  void aFlagGivenTwiceIsRefused() {
    assertThatThrownBy(() -> read("--work_dir=/a", "--work-dir=/b"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("only once");
  }

  @Test
  void anOptionOfAnotherStorageIsRefused() {
    assertThatThrownBy(() -> read("--registry=in_memory", "--sharded_shard_count=2"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--registry=in_memory has no option --sharded_shard_count");
  }

  @Test
  void whatIsWrongElsewhereIsNamedWithWhere() throws IOException {
    assertThatThrownBy(
            () -> reader.read(new String[] {"--port=1"}, Map.of("REGISTRAR_PORT", "tcp://x")))
        .hasMessageContaining("--port")
        .hasMessageContaining("REGISTRAR_PORT");
    Path unknown = file("registry=in_memory\nprot=1\n");
    assertThatThrownBy(() -> read("--flags_file=" + unknown))
        .hasMessageContaining("line 2 of " + unknown)
        .hasMessageContaining("'prot'");
    Path malformed = file("registry\n");
    assertThatThrownBy(() -> read("--flags_file=" + malformed)).hasMessageContaining("name=value");
    Path nested = file("flags_file=/other\n");
    assertThatThrownBy(() -> read("--flags_file=" + nested)).hasMessageContaining("another");
    Path wrong = file("port=-1\n");
    assertThatThrownBy(() -> read("--flags_file=" + wrong)).hasMessageContaining("line 1 of");
  }

  @Test
  void helpListsEachStorageWithItsOwnOptions() throws UsageException {
    assertThat(reader.read(new String[] {"--port=7", "--help"}, Map.of())).isEmpty();
    assertThat(reader.help())
        .containsSubsequence("--registry=NAME", "--work_dir=PATH", "--registry_fetch_timeout=")
        .containsSubsequence(
            "--registry=in_memory", "--registry=sharded", "--sharded_shard_count=N")
        .contains("How many shards. Default: 3.")
        .contains("Exit status:");
  }

  private MasterFlags read(String... arguments) throws UsageException {
    return reader.read(arguments, Map.of()).orElseThrow();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "flags", ""), content);
  }
}
