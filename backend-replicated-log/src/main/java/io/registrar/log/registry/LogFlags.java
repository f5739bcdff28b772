package io.registrar.log.registry;

import static java.util.stream.Collectors.joining;

import io.registrar.log.net.Security;
import io.registrar.log.node.LogOptions;
import io.registrar.log.node.MemberAddress;
import io.registrar.log.node.Pace;
import io.registrar.log.paxos.MemberId;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The flags of {@code --registry=replicated_log}, and what they come to. */
final class LogFlags {
  /** Whether something is done. */
  enum Choice {
    TRUE,
    FALSE
  }

  static final StorageOption<MemberId> REPLICA_ID =
      StorageOption.of(
              "log_replica_id",
              "N",
              "this master's place among the members of the log, 1 to 65535",
              text -> new MemberId(Integer.parseInt(text)))
          .orElse("1");

  static final StorageOption<InetSocketAddress> LISTEN =
      StorageOption.of(
          "log_listen",
          "HOST:PORT",
          "where this member listens for the others (default: its own address in --log_members;"
              + " a member that is alone needs none)",
          MemberAddress::read);

  static final StorageOption<Map<MemberId, InetSocketAddress>> MEMBERS =
      StorageOption.of(
          "log_members",
          "1@HOST:PORT,2@HOST:PORT,...",
          "every member of a new log, this one included, or of the log that this one is to join;"
              + " needed for the first start alone",
          MemberAddress::readMembers);

  static final StorageOption<Path> TLS_CERT =
      StorageOption.path("log_tls_cert", "PEM file with this member's certificate");
  static final StorageOption<Path> TLS_KEY =
      StorageOption.path("log_tls_key", "PEM file with its private key");
  static final StorageOption<Path> TLS_CA =
      StorageOption.path("log_tls_ca", "PEM file with the authorities whose members are believed");

  static final StorageOption<Choice> INSECURE =
      StorageOption.choice(
              "log_insecure",
              "talk to other machines without TLS: whoever reaches the port is believed",
              Choice.class)
          .orElse("false");

  static final StorageOption<Choice> AUTO_INITIALIZE =
      StorageOption.choice(
              "log_auto_initialize",
              "begin a new log where there is none, once all members are there",
              Choice.class)
          .orElse("true");

  static final StorageOption<Duration> ELECTION_TIMEOUT =
      StorageOption.duration(
              "log_election_timeout", "after which a leader that is not heard is replaced")
          .orElse("1secs");

  static final StorageOption<Duration> HEARTBEAT_INTERVAL =
      StorageOption.duration("log_heartbeat_interval", "between two signs of life of the leader")
          .orElse("100ms");

  static final StorageOption<Integer> QUORUM =
      StorageOption.integer(
          "log_quorum",
          "how many members must agree; only checked, for the log knows: more than half of those"
              + " that it names, or, before it has begun, of --log_members",
          1,
          8);

  static final List<StorageOption<?>> ALL =
      List.of(
          REPLICA_ID,
          LISTEN,
          MEMBERS,
          QUORUM,
          TLS_CERT,
          TLS_KEY,
          TLS_CA,
          INSECURE,
          AUTO_INITIALIZE,
          ELECTION_TIMEOUT,
          HEARTBEAT_INTERVAL);

  private LogFlags() {}

  /**
   * What the flags come to.
   *
   * @throws IllegalArgumentException if they contradict one another
   */
  static LogOptions read(StorageSettings settings) {
    MemberId self = settings.get(REPLICA_ID);
    Map<MemberId, InetSocketAddress> members = settings.find(MEMBERS).orElse(Map.of());
    if (!members.isEmpty() && !members.containsKey(self)) {
      throw new IllegalArgumentException(
          "--log_members does not name --log_replica_id=" + self.value() + "; add it there");
    }
    Optional<InetSocketAddress> listen =
        settings.find(LISTEN).or(() -> Optional.ofNullable(members.get(self)));
    return new LogOptions(
        settings.workDirectory().resolve("replicated_log").resolve(fileName(settings) + ".log"),
        settings.workDirectory().resolve("replicated_log." + fileName(settings) + ".ensemble"),
        self,
        listen,
        members,
        security(settings),
        new Pace(settings.get(ELECTION_TIMEOUT), settings.get(HEARTBEAT_INTERVAL)),
        settings.get(AUTO_INITIALIZE) == Choice.TRUE
            ? LogOptions.Beginning.ALLOWED
            : LogOptions.Beginning.REFUSED);
  }

  /** Capitals are marked: no two registries share a file where the system ignores case. */
  private static String fileName(StorageSettings settings) {
    StringBuilder name = new StringBuilder();
    for (char c : settings.registry().text().toCharArray()) {
      if (c >= 'A' && c <= 'Z') {
        name.append('+');
      }
      name.append(c);
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks {@code --log_quorum}, if it is given, against those who vote.
   *
   * @throws IllegalArgumentException if that many are not just more than half of them
   */
  static void requireQuorum(StorageSettings settings, Collection<MemberId> voters) {
    int majority = voters.size() / 2 + 1;
    Optional<Integer> quorum = settings.find(QUORUM);
    if (quorum.filter(given -> given != majority).isPresent()) {
      throw new IllegalArgumentException(
          "--log_quorum="
              + quorum.get()
              + " does not fit the members of the log, "
              + voters.stream().map(id -> String.valueOf(id.value())).collect(joining(", "))
              + ", of which "
              + majority
              + " must agree; leave it out, or give --log_quorum="
              + majority);
    }
  }

  private static Security security(StorageSettings settings) {
    Optional<Path> certificate = settings.find(TLS_CERT);
    Optional<Path> key = settings.find(TLS_KEY);
    Optional<Path> authority = settings.find(TLS_CA);
    boolean all = certificate.isPresent() && key.isPresent() && authority.isPresent();
    boolean none = certificate.isEmpty() && key.isEmpty() && authority.isEmpty();
    boolean insecure = settings.get(INSECURE) == Choice.TRUE;
    if (!all && !none) {
      throw new IllegalArgumentException(
          "--log_tls_cert, --log_tls_key and --log_tls_ca are given together, or not at all");
    }
    if (all && insecure) {
      throw new IllegalArgumentException(
          "--log_insecure=true contradicts --log_tls_cert; give one of them");
    }
    if (all) {
      return new Security.MutualTls(certificate.get(), key.get(), authority.get());
    }
    return insecure ? new Security.Insecure() : new Security.LoopbackOnly();
  }
}
