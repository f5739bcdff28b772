package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Direction;
import io.registrar.tck.fault.TcpProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connection is cut or held back around the request that commits. */
class LostAnswersTest {
  private TestingServer server;
  private TcpProxy proxy;
  private Storage through;
  private Storage direct;

  @BeforeEach
  void start() throws Exception {
    server = new TestingServer();
    proxy = proxyTo(server);
    through = Registries.open(addressOf(proxy), Map.of("zk_session_timeout", "4secs"));
    direct = Registries.open("zk://" + server.getConnectString() + "/faults");
  }

  @AfterEach
  void stop() throws Exception {
    proxy.heal();
    through.close();
    direct.close();
    proxy.close();
    server.close();
  }

  static TcpProxy proxyTo(TestingServer server) throws Exception {
    return TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
  }

  private static String addressOf(TcpProxy proxy) {
    return "zk://127.0.0.1:" + proxy.address().getPort() + "/faults";
  }

  @Test
  void aCommitWhoseAnswerIsLostIsFoundToHaveTakenEffect() throws Exception {
    StorageSession session = Registries.lead(through);
    Registries.commit(session, "a", "1");

    proxy.cutAfter(Direction.TO_CLIENT, 0);

    assertThat(Registries.commit(session, "a", "2")).isEqualTo(2);
    assertThat(Registries.commit(session, "a", "3")).isEqualTo(3);
    assertThat(Registries.read(direct)).containsExactly(Map.entry("a", "3"));
  }

  @Test
  void aCommitThatWasCutOnItsWayIsMadeImpossibleAndTheSessionGoesOn() throws Exception {
    StorageSession session = Registries.lead(through);
    Registries.commit(session, "a", "1");

    proxy.cutAfter(Direction.TO_SERVER, 20);

    assertThatThrownBy(() -> Registries.commit(session, "a", "2"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("had no effect");
    assertThat(Registries.read(direct)).containsExactly(Map.entry("a", "1"));
    assertThat(Registries.commit(session, "a", "3")).isEqualTo(2);
  }

  @Test
  void aCommitThatArrivesAfterATakeoverHasNoEffect() throws Exception {
    StorageSession session = Registries.lead(through);
    Registries.commit(session, "a", "1");

    proxy.hold(Direction.TO_SERVER);
    assertThatThrownBy(() -> session.commit(Registries.put("a", "late"), Duration.ofMillis(1500)))
        .isInstanceOf(CommitUnknownException.class);
    StorageSession later = Registries.lead(direct);
    proxy.release(Direction.TO_SERVER);

    assertThat(Registries.commit(later, "b", "2")).isEqualTo(2);
    assertThat(Registries.read(through)).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void aCommitThatTookEffectBeforeATakeoverIsAcknowledgedAndTheNextIsFenced() throws Exception {
    StorageSession session = Registries.lead(through);
    Registries.commit(session, "a", "1");
    proxy.hold(Direction.TO_CLIENT);
    Thread taker =
        new Thread(
            () -> {
              try {
                while (!Registries.read(direct).containsValue("2")) {
                  Thread.onSpinWait();
                }
                Registries.commit(Registries.lead(direct), "b", "3");
              } catch (StorageException e) {
                throw new IllegalStateException(e);
              } finally {
                proxy.cut();
                proxy.release(Direction.TO_CLIENT);
              }
            });
    taker.start();

    assertThat(Registries.commit(session, "a", "2")).isEqualTo(2);

    taker.join();
    assertThatThrownBy(() -> Registries.commit(session, "a", "4"))
        .isInstanceOf(FencedException.class);
    assertThat(Registries.read(direct)).isEqualTo(Map.of("a", "2", "b", "3"));
  }

  @Test
  void nothingIsSentWithoutAConnection() throws Exception {
    StorageSession session = Registries.lead(through);
    proxy.partition();
    assertThatThrownBy(() -> session.confirm(Duration.ofMillis(300)))
        .isInstanceOf(UnavailableException.class);

    assertThatThrownBy(() -> session.commit(Registries.put("a", "1"), Duration.ofMillis(600)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("nothing of the commit was sent");

    proxy.heal();
    assertThat(Registries.commit(session, "a", "2")).isEqualTo(1);
  }

  @Test
  void manyCutsAtRandom() throws Exception {
    cutAtRandom(6, 42);
  }

  @Test
  @Tag("full")
  void twoHundredCutsAtRandom() throws Exception {
    cutAtRandom(200, new Random().nextLong());
  }

  private void cutAtRandom(int rounds, long seed) throws Exception {
    System.out.println("cuts from seed " + seed);
    Random random = new Random(seed);
    StorageSession session = Registries.lead(through);
    Map<String, String> certain = new TreeMap<>();
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      String id = "r" + round;
      harm(random);
      try {
        Registries.commit(session, id, "x");
        certain.put(id, "x");
        outcomes.merge("acknowledged", 1, Integer::sum);
      } catch (UnavailableException e) {
        outcomes.merge("without effect", 1, Integer::sum);
      } catch (CommitUnknownException e) {
        outcomes.merge("unknown", 1, Integer::sum);
        session = Registries.lead(through);
        certain = Registries.read(direct);
      }
      proxy.heal();
      assertThat(Registries.read(direct))
          .as("after round %d of seed %d", round, seed)
          .isEqualTo(certain);
    }
    System.out.println(outcomes);
    assertThat(outcomes.keySet()).contains("acknowledged", "without effect");
  }

  private void harm(Random random) {
    Direction direction = random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
    switch (random.nextInt(3)) {
      case 0 -> proxy.cutAfter(direction, random.nextInt(400));
      case 1 -> proxy.cutAfter(direction, 0);
      default -> proxy.delay(direction, Duration.ofMillis(random.nextInt(100)));
    }
  }
}
