package io.registrar.example.master.flag;

import io.registrar.failover.FailoverOptions;
import io.registrar.operation.RegisterAgent;
import io.registrar.spi.RegistryName;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the master is told at its start, read and checked.
 *
 * @param storage which kind of storage
 * @param settings what to open in it
 * @param workDirectory where the master keeps its files
 * @param ip the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param fetchTimeout how long recovery may take without progress
 * @param storeTimeout how long one commit may take
 * @param queueCapacity the most operations that wait for a commit
 * @param failover what becomes of agents that do not come back
 * @param unknownAgents what is done with an agent that the registry does not know
 * @param election what counts where masters elect one of them
 * @param logLevel how much to log
 */
public record MasterFlags(
    StorageProvider storage,
    StorageSettings settings,
    WorkDirectory workDirectory,
    InetAddress ip,
    int port,
    Duration fetchTimeout,
    Duration storeTimeout,
    int queueCapacity,
    FailoverOptions failover,
    RegisterAgent.Unknown unknownAgents,
    ElectionFlags election,
    LogLevel logLevel) {

  static final StorageOption<String> REGISTRY =
      StorageOption.text("registry", "NAME", "The storage that keeps the registry; see below.")
          .orElse("replicated_log");
  static final StorageOption<Path> WORK_DIR =
      StorageOption.path(
          "work_dir",
          "Where the master keeps its files; created if it is missing. Needed unless the storage"
              + " forgets.");
  static final StorageOption<RegistryName> REGISTRY_NAME =
      StorageOption.of("registry_name", "NAME", "Which registry in the storage.", RegistryName::new)
          .orElse(RegistryName.DEFAULT.text());
  static final StorageOption<InetAddress> IP =
      StorageOption.of("ip", "ADDRESS", "The address to listen on.", MasterFlags::readAddress)
          .orElse("127.0.0.1");
  static final StorageOption<Integer> PORT =
      StorageOption.integer("port", "The port to listen on; 0 for any that is free.", 0, 65_535)
          .orElse("5050");
  static final StorageOption<Duration> FETCH_TIMEOUT =
      StorageOption.duration(
              "registry_fetch_timeout", "How long the recovery may take without progress.")
          .orElse("1mins");
  static final StorageOption<Duration> STORE_TIMEOUT =
      StorageOption.duration("registry_store_timeout", "How long one commit may take.")
          .orElse("20secs");
  static final StorageOption<Integer> QUEUE_CAPACITY =
      StorageOption.integer(
              "registry_queue_capacity",
              "The most operations that wait for a commit; more are answered with 503.",
              1,
              10_000_000)
          .orElse("10000");
  static final StorageOption<LogLevel> LOG_LEVEL =
      StorageOption.choice("log_level", "How much to log on standard error.", LogLevel.class)
          .orElse("info");
  static final StorageOption<Path> FLAGS_FILE =
      StorageOption.path("flags_file", "A file with a flag a line, as name=value; # comments.");

  static final List<StorageOption<?>> OPTIONS =
      Stream.of(
              List.of(REGISTRY, WORK_DIR, REGISTRY_NAME, IP, PORT),
              ElectionFlags.OPTIONS,
              List.of(FETCH_TIMEOUT, STORE_TIMEOUT, QUEUE_CAPACITY),
              FailoverFlags.OPTIONS,
              List.of(LOG_LEVEL, FLAGS_FILE))
          .<StorageOption<?>>flatMap(List::stream)
          .toList();

  /** For a master in play: at any free port, for this machine alone, open to every agent. */
  public MasterFlags inPlay() {
    return new MasterFlags(
        storage,
        settings,
        workDirectory,
        InetAddress.getLoopbackAddress(),
        0,
        fetchTimeout,
        storeTimeout,
        queueCapacity,
        failover,
        RegisterAgent.Unknown.ADMIT,
        election,
        logLevel);
  }

  static InetAddress readAddress(String text) {
    try {
      // Only what is a number, so that reading a flag asks no name service.
      if (text.matches("[0-9.]+|[0-9a-fA-F:.%]*:[0-9a-zA-Z:.%]*")) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(notAnAddress(text), e);
    }
    throw new IllegalArgumentException(notAnAddress(text));
  }

  private static String notAnAddress(String text) {
    return "an IP address such as 127.0.0.1 is needed; got '" + text + "'";
  }
}
