package io.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.operation.AdmitAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.Floor;
import io.registrar.spi.LimitExceededException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers and the master are told when the storage fails, and what goes on. */
class RegistrarFailureTest {
  private static final AgentInfo INFO = new AgentInfo("host-1", 5051, Map.of(), Map.of());

  private final ScriptedStorage storage = new ScriptedStorage();
  private Registrar registrar;

  @AfterEach
  void close() {
    if (registrar != null) {
      registrar.close();
    }
  }

  @Test
  void afterAnUnavailableCommitItStillLeads() throws Exception {
    recover();
    storage.thenFail(new UnavailableException("the cable is out"));
    assertThat(failure(admit("a1")))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("the cable is out");
    assertThat(registrar.registry().get(Agent.TYPE, "a1")).isEmpty();
    assertThat(admit("a1").get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
    assertThat(registrar.terminated()).isNotDone();
  }

  @Test
  void anObserverThatThrowsDisturbsNobody() throws Exception {
    AtomicInteger told = new AtomicInteger();
    RegistrarObserver failing =
        new RegistrarObserver() {
          @Override
          public void recovered(Duration fetch, long records, long bytes) {
            throw new IllegalStateException("thrown " + told.incrementAndGet());
          }

          @Override
          public void answered(BatchReport report) {
            throw new AssertionError("thrown " + told.incrementAndGet());
          }

          @Override
          public void failed(Failure failure, int operations) {
            throw new IllegalStateException("thrown " + told.incrementAndGet());
          }
        };
    registrar =
        Registrar.recover(
            storage,
            RegistrarOptions.leading(new MasterInfo("m", "h", "", "test"))
                .observer(failing)
                .build());
    storage.thenFail(new UnavailableException("the cable is out"));
    assertThat(failure(admit("a1"))).isInstanceOf(UnreachableException.class);
    assertThat(admit("a1").get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
    assertThat(admit("a2").get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
    assertThat(registrar.terminated()).isNotDone();
    assertThat(told).hasValueGreaterThanOrEqualTo(3);
  }

  @Test
  void anUnknownOutcomeEndsItAndEveryoneIsToldWhich() throws Exception {
    recover();
    ScriptedStorage.Gate gate = new ScriptedStorage.Gate();
    storage.then(
        (session, batch, timeout) -> {
          gate.reached.countDown();
          await(gate);
          session.commit(batch, timeout);
          throw new CommitUnknownException("no answer from the disk");
        });
    CompletableFuture<Outcome<Agent>> inFlight = admit("a1");
    gate.reached.await();
    CompletableFuture<Outcome<Agent>> queued = admit("a2");
    gate.open.countDown();
    assertThat(failure(inFlight)).isInstanceOf(OutcomeUnknownException.class);
    assertEnded(failure(queued), Termination.Reason.OUTCOME_UNKNOWN);
    assertEnded(failure(admit("a3")), Termination.Reason.OUTCOME_UNKNOWN);
    assertThat(registrar.terminated().get(10, TimeUnit.SECONDS).reason())
        .isEqualTo(Termination.Reason.OUTCOME_UNKNOWN);
    recover();
    assertThat(registrar.registry().get(Agent.TYPE, "a1")).as("it had taken effect").isPresent();
    assertThat(registrar.registry().get(Agent.TYPE, "a2")).isEmpty();
  }

  @Test
  void aFencedLeaderEndsAndItsCallersAreTold() throws Exception {
    recover();
    storage.inner.acquire("another", Floor.NONE, Duration.ofSeconds(1));
    assertEnded(failure(admit("a1")), Termination.Reason.FENCED);
    assertThat(registrar.terminated().get(10, TimeUnit.SECONDS).reason())
        .isEqualTo(Termination.Reason.FENCED);
    assertThatThrownBy(() -> registrar.confirmLeadership(Duration.ofSeconds(1)))
        .isInstanceOf(RegistrarEndedException.class);
  }

  @Test
  void aFencedLeaderFindsOutByConfirming() throws Exception {
    recover();
    storage.inner.acquire("another", Floor.NONE, Duration.ofSeconds(1));
    assertThatThrownBy(() -> registrar.confirmLeadership(Duration.ofSeconds(10)))
        .isInstanceOfSatisfying(
            RegistrarEndedException.class,
            ended -> assertThat(ended.termination().reason()).isEqualTo(Termination.Reason.FENCED));
  }

  @Test
  void damageEndsIt() throws Exception {
    recover();
    storage.thenFail(new DamagedException("page 7 is gone"));
    assertEnded(failure(admit("a1")), Termination.Reason.STORAGE_FAILED);
  }

  @Test
  void aFaultOfTheStorageEndsIt() throws Exception {
    recover();
    storage.then(
        (session, batch, timeout) -> {
          throw new IllegalStateException("a bug in the backend");
        });
    // What a backend that throws what it must not has done to the batch, nobody knows.
    assertThat(failure(admit("a1"))).isInstanceOf(OutcomeUnknownException.class);
    assertEnded(failure(admit("a2")), Termination.Reason.FAULT);
  }

  @Test
  void aStorageThatDoesNotComeBackIsGivenUp() throws Exception {
    registrar = Registrar.recover(storage, options().storeTimeout(Duration.ofMillis(50)).build());
    ScriptedStorage.Gate gate = storage.thenWait();
    CompletableFuture<Outcome<Agent>> inFlight = admit("a1");
    gate.reached.await();
    CompletableFuture<Outcome<Agent>> queued = admit("a2");
    assertThat(failure(inFlight, 60)).isInstanceOf(OutcomeUnknownException.class);
    assertEnded(failure(queued, 60), Termination.Reason.OUTCOME_UNKNOWN);
    assertThat(registrar.terminated().get(10, TimeUnit.SECONDS).reason())
        .isEqualTo(Termination.Reason.OUTCOME_UNKNOWN);
    gate.open.countDown(); // the commit takes effect after all, and nobody is told otherwise
    registrar.close();
    assertThat(registrar.registry().get(Agent.TYPE, "a1")).isEmpty();
  }

  @Test
  void aStorageThatDoesNotConfirmIsGivenUp() throws Exception {
    registrar = Registrar.recover(storage, options().storeTimeout(Duration.ofMillis(50)).build());
    ScriptedStorage.Gate gate = storage.confirmationsWait();
    CompletableFuture<Void> inFlight = new CompletableFuture<>();
    Thread asking = new Thread(() -> complete(inFlight));
    asking.start();
    gate.reached.await();
    CompletableFuture<Outcome<Agent>> queued = admit("a1");
    try {
      assertEnded(failure(inFlight, 30), Termination.Reason.STORAGE_FAILED);
      assertEnded(failure(queued, 30), Termination.Reason.STORAGE_FAILED);
    } finally {
      gate.open.countDown(); // the storage answers after all, and nobody is told otherwise
    }
    asking.join();
    registrar.close();
    assertThat(registrar.registry().get(Agent.TYPE, "a1")).isEmpty();
  }

  private void complete(CompletableFuture<Void> whenConfirmed) {
    try {
      registrar.confirmLeadership(Duration.ofSeconds(60));
      whenConfirmed.complete(null);
    } catch (RegistrarException | InterruptedException e) {
      whenConfirmed.completeExceptionally(e);
    }
  }

  @Test
  void aFullQueueRefusesAtOnceAndLosesNothing() throws Exception {
    registrar = Registrar.recover(storage, options().queueCapacity(3).build());
    ScriptedStorage.Gate gate = storage.thenWait();
    CompletableFuture<Outcome<Agent>> inFlight = admit("a0");
    gate.reached.await();
    List<CompletableFuture<Outcome<Agent>>> queued = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      queued.add(admit("a" + i));
    }
    assertThat(registrar.queued()).isEqualTo(3);
    assertThat(failure(admit("a4"))).isInstanceOf(BusyException.class);
    gate.open.countDown();
    assertThat(inFlight.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
    for (CompletableFuture<Outcome<Agent>> one : queued) {
      assertThat(one.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
    }
    assertThat(registrar.registry().get(Agent.TYPE, "a4")).isEmpty();
  }

  @Test
  void aLimitThatTheStorageDidNotStateIsFoundOneByOne() throws Exception {
    recover();
    ScriptedStorage.Gate gate = storage.thenWait();
    CompletableFuture<Outcome<Agent>> first = admit("a0");
    gate.reached.await();
    CompletableFuture<Outcome<Agent>> good = admit("a1");
    CompletableFuture<Outcome<Agent>> bad = admit("a2");
    CompletableFuture<Outcome<Agent>> alsoGood = admit("a3");
    ScriptedStorage.Step picky =
        (session, batch, timeout) -> {
          if (batch.puts().stream().anyMatch(put -> put.key().id().equals("a2"))) {
            throw new LimitExceededException("message", 1, 2, null);
          }
          return session.commit(batch, timeout);
        };
    storage.then(picky).then(picky).then(picky).then(picky);
    gate.open.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
    assertThat(good.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
    assertThat(bad.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.cause()).isEqualTo(Refusal.Cause.LIMIT));
    assertThat(alsoGood.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void aRecoveryThatCannotStoreFails() throws Exception {
    storage.thenFail(new UnavailableException("not within 20 s"));
    assertThatThrownBy(this::recover)
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining("not within 20 s");
    storage.thenFail(new CommitUnknownException("cut off"));
    assertThatThrownBy(this::recover)
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining("start again to find out");
    recover();
  }

  @Test
  void itsTimeoutsReachTheStorage() throws Exception {
    List<Duration> seen = new ArrayList<>();
    storage.then(
        (session, batch, timeout) -> {
          seen.add(timeout);
          return session.commit(batch, timeout);
        });
    registrar = Registrar.recover(storage, options().storeTimeout(Duration.ofSeconds(7)).build());
    assertThat(seen).containsExactly(Duration.ofSeconds(7));
    assertThat(options().build().storeTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options().build().fetchTimeout()).isEqualTo(Duration.ofMinutes(1));
  }

  private void recover() throws RecoveryException {
    registrar = Registrar.recover(storage, options().build());
  }

  private static RegistrarOptions.Builder options() {
    return RegistrarOptions.leading(new MasterInfo("m1", "localhost", "", "test"));
  }

  private CompletableFuture<Outcome<Agent>> admit(String id) {
    return registrar.apply(new AdmitAgent(id, INFO), Principal.MASTER);
  }

  private static Throwable failure(CompletableFuture<?> future) throws Exception {
    return failure(future, 10);
  }

  private static Throwable failure(CompletableFuture<?> future, int seconds) throws Exception {
    try {
      throw new AssertionError("no failure but " + future.get(seconds, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static void assertEnded(Throwable failure, Termination.Reason reason) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            RegistrarEndedException.class,
            ended -> assertThat(ended.termination().reason()).isEqualTo(reason));
  }

  private static void await(ScriptedStorage.Gate gate) throws StorageException {
    try {
      gate.open.await();
    } catch (InterruptedException e) {
      throw new CommitUnknownException("interrupted", e);
    }
  }
}
