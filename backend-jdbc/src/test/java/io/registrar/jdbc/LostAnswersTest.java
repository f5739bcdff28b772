package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Direction;
import io.registrar.tck.fault.TcpProxy;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connection is cut before, within and after commits: every doubt is settled truly. */
class LostAnswersTest {
  @Test
  void everyCutIsSettled() throws Exception {
    cut(new Random(32), 40);
  }

  @Test
  @Tag("full")
  void everyOfManyCutsIsSettled() throws Exception {
    cut(new Random(33), 200);
  }

  private static void cut(Random random, int rounds) throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (TcpProxy network = TcpProxy.to(database.server().address());
        Storage far =
            database.open(
                Map.of("jdbc_url", PostgresServer.url(network.address(), database.name())));
        Storage near = database.open()) {
      StorageSession session = TestDatabase.lead(far);
      Map<String, String> expected = new TreeMap<>();
      session.commit(TestDatabase.put("first", "0"), TestDatabase.TIMEOUT);
      long version = session.commit(TestDatabase.put("first", "1"), TestDatabase.TIMEOUT);
      expected.put("first", "1");
      long requestBytes = network.passed(Direction.TO_SERVER);
      long answerBytes = network.passed(Direction.TO_CLIENT);
      session.commit(TestDatabase.put("size", "x".repeat(100)), TestDatabase.TIMEOUT);
      version++;
      expected.put("size", "x".repeat(100));
      requestBytes = network.passed(Direction.TO_SERVER) - requestBytes;
      answerBytes = network.passed(Direction.TO_CLIENT) - answerBytes;
      int took = 0;
      int failed = 0;
      for (int n = 0; n < rounds; n++) {
        Direction direction = random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
        long bytes = direction == Direction.TO_SERVER ? requestBytes : answerBytes;
        String id = "r" + random.nextInt(9);
        String value = n + "x".repeat(100 - String.valueOf(n).length());
        network.cutAfter(direction, random.nextLong(bytes + 1));
        try {
          long now = session.commit(TestDatabase.put(id, value), TestDatabase.TIMEOUT);
          assertThat(now).isEqualTo(version + 1);
          version = now;
          expected.put(id, value);
          took++;
        } catch (UnavailableException certainlyNot) {
          failed++;
        }
        network.heal();
        assertThat(TestDatabase.records(near)).as("round %s, %s", n, direction).isEqualTo(expected);
      }
      assertThat(took).as("commits that took effect").isPositive();
      assertThat(failed).as("commits that were made impossible").isPositive();
      session.confirm(TestDatabase.TIMEOUT);
    }
  }

  @Test
  void aCommitThatArrivesAfterItsSettlementHasNoEffect() throws Exception {
    deliverLate(10);
  }

  @Test
  @Tag("full")
  void manyCommitsThatArriveAfterTheirSettlementHaveNoEffect() throws Exception {
    deliverLate(200);
  }

  private static void deliverLate(int rounds) throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (StragglerRelay relay = new StragglerRelay(database.server().address());
        Storage far =
            database.open(
                Map.of("jdbc_url", PostgresServer.url(relay.address(), database.name())));
        Storage near = database.open()) {
      StorageSession session = TestDatabase.lead(far);
      Map<String, String> expected = new TreeMap<>();
      for (int n = 0; n < rounds; n++) {
        // Both are answered, so that the new connection has its statement prepared.
        session.commit(TestDatabase.put("kept", "before " + n), TestDatabase.TIMEOUT);
        session.commit(TestDatabase.put("kept", "after " + n), TestDatabase.TIMEOUT);
        expected.put("kept", "after " + n);
        relay.hold(0);
        Thread cutter = cutWhenAllIsKept(relay);
        String told = outcome(session, "late " + n);
        cutter.join();
        assertThat(told).as("round %s", n).isEqualTo("UnavailableException");
        assertThat(TestDatabase.records(near)).isEqualTo(expected);
        relay.deliver();
        assertThat(TestDatabase.records(near)).as("after the straggler %s", n).isEqualTo(expected);
      }
      session.confirm(TestDatabase.TIMEOUT);
    }
  }

  private static Thread cutWhenAllIsKept(StragglerRelay relay) {
    Thread cutter =
        new Thread(
            () -> {
              try {
                io.registrar.tck.fault.Deadline.after(TestDatabase.TIMEOUT)
                    .await("the commit was sent", () -> relay.kept() > 100);
                relay.cutClient();
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    cutter.start();
    return cutter;
  }

  private static String outcome(StorageSession session, String value) {
    try {
      return "version " + session.commit(TestDatabase.put("late", value), TestDatabase.TIMEOUT);
    } catch (StorageException e) {
      return e.getClass().getSimpleName();
    }
  }
}
