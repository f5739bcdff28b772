package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.Candidate;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Leadership;
import io.registrar.spi.Storage;
import io.registrar.tck.fault.TcpProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules 8.1 to 8.3, on one server. */
class ElectionTest {
  private static final Candidate ANN = new Candidate("ann", "http://10.0.0.1:5050");
  private static final Candidate BOB = new Candidate("b:o/b", "");
  private static final Duration LONG = Registries.TIMEOUT;

  private TestingServer server;
  private TcpProxy proxy;
  private Storage anns;
  private Storage bobs;

  @BeforeEach
  void start() throws Exception {
    server = new TestingServer();
    proxy = LostAnswersTest.proxyTo(server);
    Map<String, String> quick = Map.of("zk_session_timeout", "2secs");
    anns = Registries.open("zk://127.0.0.1:" + proxy.address().getPort() + "/election", quick);
    bobs = Registries.open("zk://" + server.getConnectString() + "/election", quick);
  }

  @AfterEach
  void stop() throws Exception {
    anns.close();
    bobs.close();
    proxy.close();
    server.close();
  }

  private static CompletableFuture<Optional<Leadership>> campaign(Storage storage, Candidate who) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return storage.election().campaign(who, LONG);
          } catch (io.registrar.spi.StorageException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Test
  void oneLeadsAndTheOtherIsTold() throws Exception {
    assertThat(bobs.election().leader(LONG)).isEmpty();

    Optional<Leadership> won = anns.election().campaign(ANN, LONG);

    assertThat(won).isPresent();
    assertThat(won.get().awaitEnd(Duration.ZERO)).isFalse();
    assertThat(bobs.election().campaign(BOB, Duration.ofMillis(300))).isEmpty();
    assertThat(bobs.election().leader(LONG)).contains(ANN);
  }

  @Test
  void aResignationHandsOver() throws Exception {
    Leadership anns = this.anns.election().campaign(ANN, LONG).orElseThrow();
    CompletableFuture<Optional<Leadership>> waiting = campaign(bobs, BOB);

    anns.resign();
    anns.resign();

    assertThat(anns.awaitEnd(Duration.ZERO)).isTrue();
    assertThat(waiting.get(5, TimeUnit.SECONDS)).isPresent();
    assertThat(this.anns.election().leader(LONG)).contains(BOB);
  }

  @Test
  void aLeaderThatIsCutOffLearnsItAndIsReplaced() throws Exception {
    Leadership anns = this.anns.election().campaign(ANN, LONG).orElseThrow();
    CompletableFuture<Optional<Leadership>> waiting = campaign(bobs, BOB);

    proxy.partition();

    assertThat(anns.awaitEnd(LONG)).isTrue();
    assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).isPresent();
    proxy.heal();
    assertThat(this.anns.election().leader(LONG)).contains(BOB);
  }

  @Test
  void closingTheStorageEndsWhatItWaitsForAndLeads() throws Exception {
    Leadership anns = this.anns.election().campaign(ANN, LONG).orElseThrow();
    CompletableFuture<Optional<Leadership>> waiting = campaign(bobs, BOB);
    assertThat(bobs.election().leader(LONG)).contains(ANN);

    bobs.close();

    assertThatThrownBy(() -> waiting.get(LONG.toSeconds() / 2, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ClosedException.class);
    this.anns.close();
    assertThat(anns.awaitEnd(LONG)).isTrue();
    assertThatThrownBy(() -> this.anns.election().campaign(ANN, LONG))
        .isInstanceOf(ClosedException.class);
  }
}
