package io.registrar.log.net;

import static io.registrar.log.net.TestPeer.awaitBoth;
import static io.registrar.log.net.TestPeer.awaitDelivery;
import static io.registrar.log.net.TestPeer.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that prove who they are, and those that cannot. */
class MutualTlsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path directory;

  private static Security.MutualTls first;
  private static Security.MutualTls second;
  private static Security.MutualTls client;
  private static Security.MutualTls firstOfOthers;
  private static Security.MutualTls secondOfOthers;

  @BeforeAll
  static void issue() throws IOException, InterruptedException, GeneralSecurityException {
    TestAuthority authority = TestAuthority.create(directory.resolve("ours"));
    first = authority.issue("first", "DNS:member-1");
    second = authority.issue("second", "DNS:member-2,DNS:host2.example");
    client = authority.issue("client", "");
    TestAuthority other = TestAuthority.create(directory.resolve("other"));
    firstOfOthers = other.issue("first", "DNS:member-1");
    secondOfOthers = other.issue("second", "DNS:member-2");
  }

  private static TestPeer start(int id, Security security) throws IOException {
    return TestPeer.start(options(id, 0).withSecurity(security), Optional.of(TestPeer.OURS));
  }

  @Test
  void membersOfTheAuthorityAreTaken() throws IOException {
    try (TestPeer one = start(1, first);
        TestPeer two = start(2, second)) {
      one.knows(two);
      awaitBoth(one, two);
      awaitDelivery(one, two, "in private");
      awaitDelivery(two, one, "likewise");
    }
  }

  @Test
  void anotherAuthorityIsRefused() throws IOException {
    try (TestPeer one = start(1, first);
        TestPeer stray = start(2, secondOfOthers)) {
      one.knows(stray);
      stray.knows(one);
      Deadline.after(LONG)
          .await("the connection is refused", () -> one.refused(Refusal.NO_HELLO) > 0);
      assertUnreached(one, 2);
      assertUnreached(stray, 1);
    }
  }

  @Test
  void whoeverHasNoCertificateIsRefused() throws IOException {
    try (TestPeer one = start(1, first);
        TestPeer plain = start(2, new Security.LoopbackOnly())) {
      one.knows(plain);
      plain.knows(one);
      Deadline.after(LONG)
          .await(
              "both refuse",
              () -> one.refused(Refusal.NO_HELLO) > 0 && plain.refused(Refusal.NOT_OURS) > 0);
      assertUnreached(one, 2);
      assertUnreached(plain, 1);
    }
  }

  @Test
  void aCertificateSpeaksOnlyForTheMemberThatItNames() throws IOException {
    // Shown by a program that is not ours, since ours would not start with it.
    try (TestPeer one = start(1, first)) {
      StrangeDialer impostor = StrangeDialer.with(second);
      assertThat(impostor.connectAs(3, one.address())).contains("NOT_CERTIFIED");
      assertThat(one.refused(Refusal.NOT_CERTIFIED)).isEqualTo(1);
      assertThat(one.network.counters().peers()).doesNotContainKey(new MemberId(3));
    }
    try (TestPeer one = start(1, first)) {
      StrangeDialer impostor = StrangeDialer.with(client);
      assertThat(impostor.connectAs(2, one.address())).contains("NOT_CERTIFIED");
    }
  }

  @Test
  void whoeverAnswersMustBeTheMemberThatWasDialed() throws IOException {
    try (TestPeer one = start(1, first);
        TestPeer two = start(2, second)) {
      one.network.addresses().put(new MemberId(3), two.address());
      Deadline.after(LONG)
          .await(
              "the certificate of another member is refused",
              () -> failure(one, 3).contains("not for member-3"));
    }
  }

  @Test
  void aClientNeedsACertificateOfTheAuthority() throws IOException {
    Member member = new Member(new MemberId(1), new Incarnation(1));
    SocketPeerNetwork one =
        new SocketPeerNetwork(
            options(1, 0).withSecurity(first), () -> new Introduction(member, Optional.empty()));
    one.serve((request, answer) -> answer.send(TestPeer.bytes("fine")));
    try (one) {
      one.start((from, frame) -> {});
      assertThat(ask(client, one)).isEqualTo("fine");
      assertThat(ask(secondOfOthers, one)).contains("no answer from");
      assertThat(ask(new Security.LoopbackOnly(), one)).contains("no answer from");
    }
  }

  @Test
  void aClientThatPlaysAMemberIsNotTrusted() throws IOException {
    X509Certificate[] shown = PemMaterial.read(client).chain().toArray(new X509Certificate[0]);
    PemFiles own = new PemFiles(client, Optional.empty());
    assertThatThrownBy(
            () ->
                new CurrentTrust(own::current, Optional.empty())
                    .checkServerTrusted(shown, "UNKNOWN"))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("not a member's");
  }

  private static String ask(Security security, SocketPeerNetwork member) throws IOException {
    try (LogClient asking = LogClient.open(security);
        ClientAnswer answer = asking.ask(member.listening(), new ClientRequest.Status())) {
      return new String(
          answer.next(Deadline.scaled(LONG)).orElseThrow().toArray(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aMemberDoesNotStartWithACertificateThatDoesNotNameIt() {
    assertThatThrownBy(() -> start(3, second))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("second.pem")
        .hasMessageContaining("needs the DNS name member-3");
    Security.MutualTls mixed =
        new Security.MutualTls(first.certificate(), second.key(), first.authority());
    assertThatThrownBy(() -> start(1, mixed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("second.key is not that of the certificate");
    Security.MutualTls none =
        new Security.MutualTls(first.certificate(), first.certificate(), first.authority());
    assertThatThrownBy(() -> start(1, none))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PKCS #8");
  }

  @Test
  void certificatesAreExchangedWithoutARestart() throws IOException {
    Path files = Files.createDirectory(directory.resolve("exchanged"));
    Security.MutualTls renewed =
        new Security.MutualTls(
            files.resolve("certificate"), files.resolve("key"), files.resolve("authority"));
    exchange(first, renewed);
    try (TestPeer one = start(1, renewed)) {
      try (TestPeer two = start(2, second)) {
        two.knows(one);
        awaitBoth(one, two);
      }
      exchange(firstOfOthers, renewed);
      try (TestPeer two = start(2, secondOfOthers)) {
        two.knows(one);
        awaitBoth(one, two);
        awaitDelivery(one, two, "under the next authority");
      }
    }
  }

  private static void exchange(Security.MutualTls by, Security.MutualTls at) throws IOException {
    Files.copy(by.certificate(), at.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(by.key(), at.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(by.authority(), at.authority(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void assertUnreached(TestPeer from, int id) {
    assertThat(from.network.counters().peers().get(new MemberId(id)).reach())
        .isEqualTo(PeerState.Reach.NONE);
  }

  private static String failure(TestPeer from, int id) {
    return from.network.counters().peers().get(new MemberId(id)).failure().orElse("");
  }
}
