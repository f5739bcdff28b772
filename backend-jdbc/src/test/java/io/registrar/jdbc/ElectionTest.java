package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.Candidate;
import io.registrar.spi.Leadership;
import io.registrar.spi.Storage;
import io.registrar.tck.fault.Direction;
import io.registrar.tck.fault.TcpProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules 8.1 to 8.3. */
class ElectionTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  /** Long enough to be renewed in time by a process that stands still for some seconds. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  private static final Map<String, String> LEASED = Map.of("jdbc_lease", "15secs");
  private static final Candidate A = new Candidate("a", "http://a:5050");
  private static final Candidate B = new Candidate("b", "http://b:5050");

  @Test
  void oneOfTwoLeadsAndTheOtherFollowsAtOnceWhenItResigns() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (Storage one = database.open(LEASED);
        Storage two = database.open(LEASED)) {
      assertThat(one.election().leader(SOON)).isEmpty();
      Leadership first = one.election().campaign(A, SOON).orElseThrow();
      assertThat(two.election().leader(SOON)).contains(A);
      // Longer than a lease: it is renewed meanwhile.
      assertThat(two.election().campaign(B, LEASE.plusMillis(1000))).isEmpty();
      assertThat(first.awaitEnd(Duration.ZERO)).isFalse();

      first.resign();
      assertThat(first.awaitEnd(Duration.ZERO)).isTrue();
      long before = System.nanoTime();
      Optional<Leadership> second = two.election().campaign(B, SOON);
      assertThat(second).isPresent();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LEASE);
      assertThat(one.election().leader(SOON)).contains(B);
      first.resign();
      assertThat(one.election().leader(SOON)).contains(B);
    }
    try (Storage after = database.open(LEASED)) {
      assertThat(after.election().leader(SOON)).isEmpty();
    }
  }

  @Test
  void aLeaderThatIsCutOffLearnsItBeforeAnotherLeads() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (TcpProxy network = TcpProxy.to(database.server().address());
        Storage far =
            database.open(
                Map.of(
                    "jdbc_lease",
                    "5secs",
                    "jdbc_url",
                    PostgresServer.url(network.address(), database.name())));
        Storage near = database.open(LEASED)) {
      Leadership lost = far.election().campaign(A, SOON).orElseThrow();
      network.hold(Direction.TO_SERVER);
      assertThat(near.election().campaign(B, SOON)).isPresent();
      assertThat(lost.awaitEnd(Duration.ZERO)).as("the earlier leader knows").isTrue();
      network.heal();
      assertThat(near.election().leader(SOON)).contains(B);
    }
  }

  @Test
  void aCampaignEndsWhenItsStorageIsClosed() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (Storage leading = database.open(LEASED)) {
      leading.election().campaign(A, SOON).orElseThrow();
      Storage waiting = database.open(LEASED);
      var election = waiting.election();
      Thread closer = new Thread(waiting::close);
      var call =
          java.util.concurrent.CompletableFuture.supplyAsync(
              () -> {
                closer.start();
                try {
                  return "ended in " + election.campaign(B, SOON);
                } catch (io.registrar.spi.StorageException e) {
                  return e.getClass().getSimpleName();
                }
              });
      assertThat(call.get(40, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("ClosedException");
      closer.join();
      assertThat(leading.election().leader(SOON)).contains(A);
    }
  }
}
