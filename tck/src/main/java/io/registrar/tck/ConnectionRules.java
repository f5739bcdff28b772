package io.registrar.tck;

import io.registrar.spi.Floor;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.Direction;
import io.registrar.tck.fault.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;

/** Rules 5.2 and 7.3 over a network: connections that are cut. Bind storages that offer one. */
interface ConnectionRules extends RuleGroup {
  @Rule(
      value = "5.2",
      expects =
          "a commit whose connection is cut, before or after the engine has it, is told truly",
      lookAt =
          "a lost answer that is called a failure, and a repetition that meets its own first try")
  default void rule_5_2_aCommitWhoseConnectionIsCutIsToldTruly() throws Exception {
    Faults.Connection connection = offeredConnection();
    Storage direct = underTest().open();
    Markers markers = new Markers(10);
    try (TcpProxy proxy = TcpProxy.to(connection.engine())) {
      StorageTarget far = connection.detour().through(underTest().target(), proxy.address());
      for (int n = 2; n <= 24; n += 2) {
        OutcomeRules.Outcome told = commitThatIsCut(far, proxy, n);
        boolean there = Markers.has(RegistryUnderTest.read(direct), n);
        if (told != OutcomeRules.Outcome.UNKNOWN) {
          Assertions.assertEquals(
              told == OutcomeRules.Outcome.COMMITTED,
              there,
              "batch " + n + " was told " + told + "; it is there");
        }
        mustStay(direct, markers, n, told);
      }
    }
  }

  private static OutcomeRules.Outcome commitThatIsCut(StorageTarget far, TcpProxy proxy, int n)
      throws StorageException {
    try (Storage storage = far.open()) {
      StorageSession session = RegistryUnderTest.lead(storage);
      // To the engine: not all of it arrives. To the client: all or part of the answer is lost.
      Direction direction = n % 4 == 0 ? Direction.TO_SERVER : Direction.TO_CLIENT;
      long before = proxy.passed(direction);
      RegistryUnderTest.commit(session, new Markers(10).batch(n - 1));
      // The next one is as long, so the cut is in it: at its first byte, in between, at its last.
      long bytes = Math.max(1, proxy.passed(direction) - before);
      proxy.cutAfter(direction, (bytes - 1) * (n / 4 % 3) / 2);
      return OutcomeRules.outcome(session, n, RegistryUnderTest.timeout());
    } finally {
      proxy.heal();
    }
  }

  /** The answer of an acquire settles what was unknown, and never changes (5.3). */
  private static void mustStay(Storage direct, Markers markers, int n, OutcomeRules.Outcome told)
      throws StorageException {
    try (StorageSession session = direct.acquire("tck", Floor.NONE, RegistryUnderTest.timeout())) {
      RegistryState fence = RegistryState.drain(session.snapshot());
      markers.last(fence, "after a cut commit that was told " + told);
      if (told != OutcomeRules.Outcome.UNKNOWN) {
        Assertions.assertEquals(
            told == OutcomeRules.Outcome.COMMITTED,
            Markers.has(fence, n),
            "batch " + n + " was told " + told + "; after the next acquire it is there");
      }
      RegistryUnderTest.read(direct).mustBe(fence, "read after the acquire that settled it");
    }
  }

  @Rule(
      value = "7.3",
      expects =
          "without a connection a commit fails cleanly and in time; afterwards, after reopening at"
              + " the latest, all that was acknowledged is there, and the storage works again",
      lookAt = "reconnecting without a deadline, and pools that keep dead connections")
  default void rule_7_3_aLostConnectionFailsCommitsCleanly() throws Exception {
    Faults.Connection connection = offeredConnection();
    Duration timeout = Deadline.scaled(Duration.ofSeconds(2));
    try (TcpProxy proxy = TcpProxy.to(connection.engine())) {
      StorageTarget far = connection.detour().through(underTest().target(), proxy.address());
      try (Storage storage = far.open()) {
        StorageSession session = RegistryUnderTest.lead(storage);
        RegistryUnderTest.commit(session, Samples.put("a", "acknowledged"));
        proxy.partition();
        long began = System.nanoTime();
        Assertions.assertNotEquals(
            OutcomeRules.Outcome.COMMITTED,
            OutcomeRules.outcome(session, 1, timeout),
            "a commit that could reach nobody");
        OutcomeRules.mustBeInTime("commit", timeout, began);
      } finally {
        proxy.heal();
      }
      try (Storage storage = far.open()) {
        StorageSession session = RegistryUnderTest.lead(storage);
        RegistryState state = RegistryUnderTest.read(storage);
        Assertions.assertTrue(
            state.records().containsKey(Samples.key("a")), "what was acknowledged before");
        RegistryUnderTest.commit(session, Samples.put("b", "works again"));
      }
    }
  }

  private Faults.Connection offeredConnection() {
    return underTest()
        .faults()
        .connection()
        .orElseThrow(() -> new NotApplicable("the backend offers no connection to cut"));
  }
}
