package io.registrar.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Refusal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.memory.InMemoryStorage;
import io.registrar.operation.AdmitAgent;
import io.registrar.operation.MarkAgentGone;
import io.registrar.operation.RegisterAgent;
import io.registrar.operation.StartMaintenance;
import io.registrar.operation.UpdateMaintenanceSchedule;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.AgentState;
import io.registrar.record.MachineId;
import io.registrar.record.MaintenanceSchedule;
import io.registrar.record.MaintenanceWindow;
import io.registrar.record.MasterInfo;
import io.registrar.record.Unavailability;
import io.registrar.spi.Limits;
import io.registrar.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentFailoverTest {
  private static final AgentInfo INFO = new AgentInfo("host-1", 5051, Map.of(), Map.of());
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final AtomicLong elapsed = new AtomicLong();
  private Storage storage = new InMemoryStorage();
  private final Told told = new Told();
  private Registrar registrar;
  private AgentFailover failover;

  private static final class Told implements FailoverListener {
    final List<String> unreachable = new CopyOnWriteArrayList<>();
    final List<String> tooMany = new CopyOnWriteArrayList<>();
    final List<String> pruned = new CopyOnWriteArrayList<>();
    volatile boolean failing;

    @Override
    public void unreachable(Agent agent) {
      unreachable.add(agent.id());
      if (failing) {
        throw new IllegalStateException("a listener that fails");
      }
    }

    @Override
    public void tooManyMissing(int missing, int recovered) {
      tooMany.add(missing + " of " + recovered);
    }

    @Override
    public void pruned(List<String> ids) {
      pruned.addAll(ids);
    }
  }

  @AfterEach
  void close() {
    failover.close();
    registrar.close();
  }

  @Test
  void whoDoesNotComeBackIsUnreachableAndTheListenerIsToldOnce() throws Exception {
    recover();
    for (int i = 0; i < 10; i++) {
      apply(new AdmitAgent("a" + i, INFO));
    }
    recover();
    failover = start(options(TIMEOUT, "100%"));
    for (int i = 0; i < 4; i++) {
      register("a" + i).get(10, TimeUnit.SECONDS);
    }
    assertThat(failover.status()).isEqualTo(new FailoverStatus(10, 4, 6, 0, 0, false));
    elapsed.set(TIMEOUT.toNanos());
    await().atMost(Duration.ofSeconds(20)).until(() -> failover.status().missing() == 0);
    await().atMost(Duration.ofSeconds(20)).until(() -> told.unreachable.size() == 6);
    assertThat(told.unreachable).containsExactlyInAnyOrder("a4", "a5", "a6", "a7", "a8", "a9");
    assertThat(registrar.registry().all(Agent.TYPE))
        .allSatisfy(
            agent ->
                assertThat(agent.state() == AgentState.UNREACHABLE)
                    .isEqualTo(told.unreachable.contains(agent.id())));
    assertThat(failover.status()).isEqualTo(new FailoverStatus(10, 4, 0, 0, 6, false));
  }

  @Test
  void whoAsksToComeBackAtTheTimeoutIsNotGivenUp() throws Exception {
    recover();
    apply(new AdmitAgent("back", INFO));
    apply(new AdmitAgent("lost", INFO));
    recover();
    CountDownLatch decide = holdTheWriter();
    failover = start(options(TIMEOUT, "100%"));
    CompletableFuture<Outcome<RegisterAgent.Result>> back = register("back");
    elapsed.set(TIMEOUT.toNanos());
    await().atMost(Duration.ofSeconds(20)).until(() -> registrar.queued() >= 2);
    decide.countDown();
    assertThat(back.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unchanged.class);
    await().atMost(Duration.ofSeconds(20)).until(() -> failover.status().missing() == 0);
    assertThat(registrar.registry().get(Agent.TYPE, "back"))
        .contains(Agent.registered("back", INFO));
    assertThat(failover.status()).isEqualTo(new FailoverStatus(2, 1, 0, 0, 1, false));
  }

  @Test
  void whoseMarkWaitsWhenItAsksToComeBackIsNotMarked() throws Exception {
    recover();
    apply(new AdmitAgent("a", INFO));
    recover();
    CountDownLatch decide = holdTheWriter();
    failover = start(options(TIMEOUT, "100%"));
    elapsed.set(TIMEOUT.toNanos());
    await().atMost(Duration.ofSeconds(20)).until(() -> registrar.queued() == 1);
    CompletableFuture<Outcome<RegisterAgent.Result>> back = register("a");
    decide.countDown();
    assertThat(back.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unchanged.class);
    assertThat(failover.status()).isEqualTo(new FailoverStatus(1, 1, 0, 0, 0, false));
    assertThat(told.unreachable).isEmpty();
  }

  @Test
  void aListenerThatFailsDoesNotEndIt() throws Exception {
    recover();
    apply(new AdmitAgent("a", INFO));
    apply(new AdmitAgent("b", INFO));
    recover();
    told.failing = true;
    failover = start(options(TIMEOUT, "100%"));
    elapsed.set(TIMEOUT.toNanos());
    await().atMost(Duration.ofSeconds(20)).until(() -> told.unreachable.size() == 2);
    assertThat(failover.status().unreachable()).isEqualTo(2);
  }

  @Test
  void whatIsTooMuchToPruneAtOnceIsPrunedInPortions() throws Exception {
    storage = new NarrowStorage(new InMemoryStorage());
    recover();
    int number = Limits.LEAST_BATCH_KEYS + 100;
    for (int begin = 0; begin < number; begin += number / 2) {
      goneFrom(begin, begin + number / 2);
    }
    FailoverOptions options =
        new FailoverOptions(
            TIMEOUT,
            RemovalShare.ALL,
            Optional.empty(),
            Duration.ofMillis(20),
            Duration.ofDays(4),
            number);
    failover = AgentFailover.start(registrar, options, told, Clock.fixed(NOW, ZoneOffset.UTC));
    await().atMost(Duration.ofSeconds(20)).until(() -> told.pruned.size() >= number);
    assertThat(told.pruned).doesNotHaveDuplicates().hasSize(number);
    assertThat(registrar.registry().count(Agent.TYPE)).isZero();
  }

  @Test
  void tooManyMissingStopTheMasterAndMarkNobody() throws Exception {
    recover();
    for (int i = 0; i < 10; i++) {
      apply(new AdmitAgent("a" + i, INFO));
    }
    recover();
    failover = start(options(TIMEOUT, "50%"));
    elapsed.set(TIMEOUT.toNanos());
    await().atMost(Duration.ofSeconds(20)).until(() -> !told.tooMany.isEmpty());
    assertThat(told.tooMany).containsExactly("10 of 10");
    assertThat(registrar.registry().all(Agent.TYPE))
        .allSatisfy(agent -> assertThat(agent.state()).isEqualTo(AgentState.REGISTERED));
    assertThat(failover.status().stopped()).isTrue();
  }

  @Test
  void oldRecordsArePrunedByAgeAndTheOldestByCount() throws Exception {
    recover();
    for (int i = 0; i < 6; i++) {
      apply(new AdmitAgent("g" + i, INFO));
      apply(new MarkAgentGone("g" + i, NOW.minus(Duration.ofDays(i))));
    }
    FailoverOptions options =
        new FailoverOptions(
            Duration.ofHours(1),
            RemovalShare.ALL,
            Optional.empty(),
            Duration.ofMillis(20),
            Duration.ofDays(4).plusHours(1),
            3);
    failover = AgentFailover.start(registrar, options, told, Clock.fixed(NOW, ZoneOffset.UTC));
    await().atMost(Duration.ofSeconds(20)).until(() -> told.pruned.size() >= 3);
    assertThat(told.pruned).containsExactlyInAnyOrder("g5", "g4", "g3");
    assertThat(registrar.registry().all(Agent.TYPE).map(Agent::id))
        .containsExactly("g0", "g1", "g2");
  }

  @Test
  void rogueAgentsAreRefused() throws Exception {
    recover();
    failover = start(options(Duration.ofHours(1), "100%"));
    apply(new AdmitAgent("gone", INFO));
    apply(new MarkAgentGone("gone", NOW));
    MachineId machine = MachineId.named("host-1");
    apply(
        new UpdateMaintenanceSchedule(
            new MaintenanceSchedule(
                "default",
                List.of(
                    new MaintenanceWindow(
                        List.of(machine), new Unavailability(NOW, Optional.empty()))))));
    refused(new RegisterAgent("gone", INFO), "gone");
    refused(new RegisterAgent("new", INFO, RegisterAgent.Unknown.REFUSE), "only known agents");
    apply(new AdmitAgent("known", INFO));
    apply(new StartMaintenance(List.of(machine)));
    refused(new RegisterAgent("known", INFO), "down for maintenance");
    refused(new RegisterAgent("new", INFO), "down for maintenance");
  }

  private void refused(RegisterAgent registration, String reason) throws Exception {
    assertThat(registrar.apply(registration, Principal.MASTER).get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.cause()).isEqualTo(Refusal.Cause.FORBIDDEN);
              assertThat(refused.reason()).contains(reason);
            });
  }

  private AgentFailover start(FailoverOptions options) {
    return AgentFailover.start(registrar, options, told, Clock.systemUTC(), elapsed::get);
  }

  private CompletableFuture<Outcome<RegisterAgent.Result>> register(String id) {
    return failover.register(id, new RegisterAgent(id, INFO), Principal.MASTER);
  }

  private void goneFrom(int begin, int end) throws Exception {
    apply(
        edit -> {
          for (int i = begin; i < end; i++) {
            Agent agent = Agent.registered("g" + i, INFO);
            edit.put(Agent.TYPE, agent.gone(NOW.minus(Duration.ofDays(5))));
          }
          return "gone";
        });
  }

  /** Lets nothing be decided until the latch is open. */
  private CountDownLatch holdTheWriter() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch decide = new CountDownLatch(1);
    registrar.apply(
        edit -> {
          held.countDown();
          try {
            decide.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return "decided";
        },
        Principal.MASTER);
    held.await();
    return decide;
  }

  private static FailoverOptions options(Duration timeout, String share) {
    return new FailoverOptions(
        timeout,
        RemovalShare.parse(share),
        Optional.empty(),
        Duration.ofHours(1),
        Duration.ofDays(14),
        1_000);
  }

  private void recover() throws Exception {
    if (registrar != null) {
      registrar.close();
    }
    registrar =
        Registrar.recover(
            storage, RegistrarOptions.leading(new MasterInfo("m", "h", "", "test")).build());
  }

  private void apply(io.registrar.Operation<?> operation) throws Exception {
    assertThat(registrar.apply(operation, Principal.MASTER).get(10, TimeUnit.SECONDS))
        .isNotInstanceOf(Outcome.Refused.class);
  }
}
