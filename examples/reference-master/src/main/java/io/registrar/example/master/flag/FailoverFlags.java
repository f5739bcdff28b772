package io.registrar.example.master.flag;

import io.registrar.failover.FailoverOptions;
import io.registrar.failover.RateLimit;
import io.registrar.failover.RemovalShare;
import io.registrar.operation.RegisterAgent;
import io.registrar.spi.StorageOption;
import java.time.Duration;
import java.util.List;

/** The flags that say which agents may come, and what becomes of those that do not come back. */
final class FailoverFlags {
  static final StorageOption<Duration> REREGISTER_TIMEOUT =
      StorageOption.duration(
              "agent_reregister_timeout",
              "How long an agent has to come back after this master has begun to lead.")
          .orElse("10mins");
  static final StorageOption<RemovalShare> REMOVAL_LIMIT =
      StorageOption.of(
              "recovery_agent_removal_limit",
              "PERCENT",
              "If more of the agents do not come back, none is marked unreachable and the master"
                  + " stops with status 7.",
              RemovalShare::parse)
          .orElse("100%");
  static final StorageOption<RateLimit> REMOVAL_RATE =
      StorageOption.of(
          "agent_removal_rate_limit",
          "N/DURATION",
          "How fast agents that did not come back are marked unreachable, such as 1/10mins; without"
              + " it, all at once.",
          RateLimit::parse);
  static final StorageOption<Duration> GC_INTERVAL =
      StorageOption.duration(
              "registry_gc_interval",
              "How often records of agents long unreachable or gone are pruned.")
          .orElse("15mins");
  static final StorageOption<Duration> MAX_AGE =
      StorageOption.duration(
              "registry_max_agent_age", "How long an agent unreachable or gone is remembered.")
          .orElse("2weeks");
  static final StorageOption<Integer> MAX_COUNT =
      StorageOption.integer(
              "registry_max_agent_count",
              "The most agents remembered as unreachable, and the most as gone.",
              0,
              Integer.MAX_VALUE)
          .orElse("102400");
  static final StorageOption<RegisterAgent.Unknown> STRICT =
      StorageOption.of(
              "registry_strict",
              "true|false",
              "Whether an agent that the registry does not know is refused; a person admits it by"
                  + " POST /agents/{id}/reachable.",
              FailoverFlags::readStrict)
          .orElse("false");

  static final List<StorageOption<?>> OPTIONS =
      List.of(
          REREGISTER_TIMEOUT, REMOVAL_LIMIT, REMOVAL_RATE, GC_INTERVAL, MAX_AGE, MAX_COUNT, STRICT);

  private FailoverFlags() {}

  static FailoverOptions read(FlagTexts texts) {
    return new FailoverOptions(
        texts.get(REREGISTER_TIMEOUT),
        texts.get(REMOVAL_LIMIT),
        texts.find(REMOVAL_RATE),
        texts.get(GC_INTERVAL),
        texts.get(MAX_AGE),
        texts.get(MAX_COUNT));
  }

  private static RegisterAgent.Unknown readStrict(String text) {
    return switch (text.strip()) {
      case "true" -> RegisterAgent.Unknown.REFUSE;
      case "false" -> RegisterAgent.Unknown.ADMIT;
      default ->
          throw new IllegalArgumentException("one of true|false is needed; got '" + text + "'");
    };
  }
}
