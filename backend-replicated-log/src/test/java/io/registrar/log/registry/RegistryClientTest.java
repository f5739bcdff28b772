package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.net.Security;
import io.registrar.log.net.TestAuthority;
import io.registrar.log.node.MemberAddress;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.MembershipAdmin.MemberReport;
import io.registrar.spi.RegistryName;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of a running ensemble of three that was opened by its flags, over mutual TLS. */
@Timeout(240)
class RegistryClientTest {
  private static final Duration CALL = TestEnsemble.CALL;
  private static final ReplicatedLogStorageProvider PROVIDER = new ReplicatedLogStorageProvider();

  private static final String ALL = "DNS:member-1,DNS:member-2,DNS:member-3,DNS:member-4";

  @TempDir private static Path authorities;
  private static Security.MutualTls old;
  private static Security.MutualTls fresh;
  private static Security.MutualTls client;

  @TempDir private Path root;

  private final List<LogStorage> members = new ArrayList<>();

  @BeforeAll
  static void issue() throws Exception {
    TestAuthority authority = TestAuthority.create(authorities.resolve("old"));
    old = authority.issue("members", ALL);
    client = authority.issue("client", "");
    fresh = TestAuthority.create(authorities.resolve("new")).issue("members", ALL);
    String both = Files.readString(old.authority()) + Files.readString(fresh.authority());
    put(authorities.resolve("both.pem"), both);
  }

  @BeforeEach
  void start() throws Exception {
    for (int id = 1; id <= 3; id++) {
      install(id, old);
      members.add(open(id));
    }
  }

  @AfterEach
  void stop() {
    members.forEach(LogStorage::close);
  }

  @Test
  void aClientReadsFollowsChangesAndAsksForMembership() throws Exception {
    StorageSession session = EnsembleTest.lead(members.get(0));
    EnsembleTest.put(session, "a", "1");
    try (RegistryClient second = RegistryClient.open(address(1), client);
        ChangeFeed feed = second.changes(0)) {
      assertThat(EnsembleTest.records(second.read(CALL))).isEqualTo(Map.of("a", "1"));
      assertThat(committed(feed).version()).isEqualTo(1);
      EnsembleTest.put(session, "b", "2");
      assertThat(committed(feed).batch().puts().get(0).key().id()).isEqualTo("b");
      assertThat(second.status(CALL).figures()).containsEntry("log_ensemble_size", 3L);
      assertThat(second.status(CALL).sentence()).startsWith("member 2 votes");
      assertThat(second.members(CALL)).extracting(MemberReport::id).containsExactly(1, 2, 3);
      assertThat(second.addMember(4, "127.0.0.1:1", CALL)).contains("--log_replica_id=4");
      second.removeMember(3, CALL, sentence -> {});
      assertThat(second.status(CALL).figures()).containsEntry("log_ensemble_size", 2L);
      assertThatThrownBy(() -> second.removeMember(9, Duration.ofMillis(1), sentence -> {}))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void aClientLetsANewMemberVote() throws Exception {
    EnsembleTest.put(EnsembleTest.lead(members.get(0)), "a", "1");
    install(4, old);
    members.add(open(4));
    try (RegistryClient first = RegistryClient.open(address(0), client)) {
      first.addMember(4, MemberAddress.write(address(3)), CALL);
      first.promoteMember(4, CALL, sentence -> {});
      assertThat(first.status(CALL).figures()).containsEntry("log_ensemble_size", 4L);
      awaitVote(members.get(3));
      assertThat(EnsembleTest.records(members.get(3).read(CALL))).isEqualTo(Map.of("a", "1"));
      assertThatThrownBy(() -> first.promoteMember(9, Duration.ofMillis(1), sentence -> {}))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void aLargeStateComesInParts() throws Exception {
    StorageSession session = EnsembleTest.lead(members.get(0));
    Map<String, String> written = new TreeMap<>();
    for (int n = 0; n < 5; n++) {
      written.put("r" + n, "x".repeat(200_000) + n);
      EnsembleTest.put(session, "r" + n, written.get("r" + n));
    }
    try (RegistryClient third = RegistryClient.open(address(2), client)) {
      assertThat(EnsembleTest.records(third.read(CALL))).isEqualTo(written);
    }
  }

  @Test
  void theAuthorityAndAllCertificatesAreExchangedUnderWay() throws Exception {
    StorageSession session = EnsembleTest.lead(members.get(0));
    Security.MutualTls newcomer = trustingBoth(fresh);
    for (int id = 1; id <= 3; id++) {
      put(file(id, "ca"), Files.readString(newcomer.authority()));
    }
    awaitTaken(newcomer);
    for (int id = 1; id <= 3; id++) {
      install(id, fresh);
      EnsembleTest.put(session, "during", "exchange " + id);
    }
    // Those that run have read the new files when they turn the old authority's client away.
    awaitRefused(trustingBoth(client));
    awaitTaken(fresh);
    // And they know each other by them: the one that comes back has nothing of the old.
    members.set(2, reopened(3));
    awaitVote(members.get(2));
    members.get(1).close();
    EnsembleTest.put(session, "after", "by one and three");
    members.set(1, open(2));
    assertThat(EnsembleTest.records(members.get(1).read(CALL)))
        .containsEntry("after", "by one and three");
  }

  private static Security.MutualTls trustingBoth(Security.MutualTls own) {
    return new Security.MutualTls(own.certificate(), own.key(), authorities.resolve("both.pem"));
  }

  private LogStorage reopened(int id) throws StorageException {
    members.get(id - 1).close();
    return open(id);
  }

  private static void awaitVote(LogStorage member) throws Exception {
    assertThat(member.node().loop().await(it -> it.votes(), CALL.toNanos()).votes()).isTrue();
  }

  private static ChangeEvent.Committed committed(ChangeFeed feed) throws StorageException {
    return (ChangeEvent.Committed) feed.next(CALL);
  }

  /** Until every member answers a client with this certificate. */
  private void awaitTaken(Security security) {
    for (int i = 0; i < 3; i++) {
      int at = i;
      Deadline.after(CALL).await("member " + (i + 1) + " takes it", () -> answers(at, security));
    }
  }

  private void awaitRefused(Security security) {
    for (int i = 0; i < 3; i++) {
      int at = i;
      Deadline.after(CALL)
          .await("member " + (i + 1) + " turns it away", () -> !answers(at, security));
    }
  }

  private boolean answers(int member, Security security) {
    try (RegistryClient asking = RegistryClient.open(address(member), security)) {
      return asking.status(CALL).figures().containsKey("log_position");
    } catch (UnavailableException refused) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private InetSocketAddress address(int member) {
    return members.get(member).node().listening().orElseThrow();
  }

  /** Opens a member by its flags; where the others listen is known as far as they run. */
  private LogStorage open(int id) throws StorageException {
    StringJoiner all = new StringJoiner(",");
    for (int other = 1; other <= Math.max(3, id); other++) {
      boolean runs = other != id && members.size() >= other;
      all.add(other + "@" + (runs ? MemberAddress.write(address(other - 1)) : "127.0.0.1:0"));
    }
    Map<String, String> flags =
        Map.of(
            "log_replica_id", Integer.toString(id),
            "log_members", all.toString(),
            "log_tls_cert", file(id, "pem").toString(),
            "log_tls_key", file(id, "key").toString(),
            "log_tls_ca", file(id, "ca").toString(),
            "log_election_timeout", "2secs",
            "log_heartbeat_interval", "200ms");
    return (LogStorage)
        PROVIDER.open(
            StorageSettings.read(PROVIDER, RegistryName.DEFAULT, root.resolve("home" + id), flags),
            CALL);
  }

  private Path file(int id, String kind) {
    return root.resolve("member" + id + "." + kind);
  }

  /** Puts a member's files in place, one after the other, as an operator does. */
  private void install(int id, Security.MutualTls issued) throws Exception {
    put(file(id, "key"), Files.readString(issued.key()));
    put(file(id, "pem"), Files.readString(issued.certificate()));
    put(file(id, "ca"), Files.readString(issued.authority()));
  }

  private static void put(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
