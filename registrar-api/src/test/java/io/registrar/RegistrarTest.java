package io.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.operation.AdmitAgent;
import io.registrar.operation.RemoveAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.AuditEntry;
import io.registrar.record.MasterInfo;
import io.registrar.record.RecordType;
import io.registrar.spi.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrarTest {
  private static final AgentInfo INFO =
      new AgentInfo("host-1", 5051, Map.of("rack", "r1"), Map.of("cpus", 8.0));
  private static final Principal ALICE = new Principal("alice");
  private static final RecordType<Job> JOB = RecordType.json("job", Job.class, Job::id);

  private record Job(String id, String payload) {}

  private final ScriptedStorage storage = new ScriptedStorage();
  private Registrar registrar;

  @AfterEach
  void close() {
    if (registrar != null) {
      registrar.close();
    }
  }

  @Test
  void anAdmittedAgentIsThereAfterTheNextRecovery() throws Exception {
    recover();
    assertThat(perform(new AdmitAgent("a1", INFO))).isInstanceOf(Outcome.Applied.class);
    registrar.close();
    recover();
    assertThat(registrar.registry().get(Agent.TYPE, "a1")).contains(Agent.registered("a1", INFO));
  }

  @Test
  void recoveryWritesWhoLeads() throws Exception {
    recover();
    assertThat(registrar.registry().get(MasterInfo.TYPE, MasterInfo.LEADING))
        .hasValueSatisfying(master -> assertThat(master.id()).isEqualTo("m1"));
    assertThat(storage.committed).hasSize(1);
  }

  @Test
  void whatWaitsDuringACommitGoesIntoTheNextOneTogether() throws Exception {
    recover();
    ScriptedStorage.Gate gate = storage.thenWait();
    CompletableFuture<Outcome<Agent>> first = registrar.apply(new AdmitAgent("a0", INFO), ALICE);
    gate.reached.await();
    List<CompletableFuture<Outcome<Agent>>> others = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      others.add(registrar.apply(new AdmitAgent("a" + i, INFO), ALICE));
    }
    gate.open.countDown();
    long firstVersion = applied(first).version();
    for (CompletableFuture<Outcome<Agent>> other : others) {
      assertThat(applied(other).version()).isEqualTo(firstVersion + 1);
    }
    assertThat(storage.committed).hasSize(3);
    assertThat(storage.committed.get(2).puts()).hasSize(50);
  }

  @Test
  void aRefusedOperationTouchesNothingAndTheRestOfItsBatchGoesOn() throws Exception {
    recover();
    ScriptedStorage.Gate gate = storage.thenWait();
    CompletableFuture<Outcome<Agent>> first = registrar.apply(new AdmitAgent("a0", INFO), ALICE);
    gate.reached.await();
    CompletableFuture<Outcome<String>> refused =
        registrar.apply(
            edit -> {
              edit.put(Agent.TYPE, Agent.registered("half", INFO));
              throw new Refusal(Refusal.Cause.CONFLICT, "changed my mind");
            },
            ALICE);
    CompletableFuture<Outcome<Agent>> after = registrar.apply(new AdmitAgent("a1", INFO), ALICE);
    gate.open.countDown();
    applied(first);
    assertThat(get(refused))
        .isEqualTo(new Outcome.Refused<>(Refusal.Cause.CONFLICT, "changed my mind"));
    applied(after);
    assertThat(registrar.registry().get(Agent.TYPE, "half")).isEmpty();
  }

  @Test
  void anOperationSeesWhatTheOnesBeforeItInItsBatchHaveDone() throws Exception {
    recover();
    ScriptedStorage.Gate gate = storage.thenWait();
    registrar.apply(new AdmitAgent("a0", INFO), ALICE);
    gate.reached.await();
    CompletableFuture<Outcome<Agent>> one = registrar.apply(new AdmitAgent("x", INFO), ALICE);
    CompletableFuture<Outcome<Agent>> two = registrar.apply(new AdmitAgent("x", INFO), ALICE);
    gate.open.countDown();
    applied(one);
    assertThat(get(two)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aBatchWithoutAChangeIsNotWritten() throws Exception {
    recover();
    perform(new AdmitAgent("a1", INFO));
    int before = storage.committed.size();
    Outcome<Agent> same =
        get(
            registrar.apply(
                edit -> {
                  Agent agent = edit.get(Agent.TYPE, "a1").orElseThrow();
                  edit.put(Agent.TYPE, agent.with(INFO));
                  return agent;
                },
                ALICE));
    assertThat(same).isInstanceOf(Outcome.Unchanged.class);
    assertThat(perform(new AdmitAgent("a1", INFO))).isInstanceOf(Outcome.Refused.class);
    assertThat(storage.committed).hasSize(before);
  }

  @Test
  void batchesAreCutBetweenOperationsToTheStoragesLimits() throws Exception {
    storage.limits(Limits.LEAST);
    recover();
    ScriptedStorage.Gate gate = storage.thenWait();
    CompletableFuture<Outcome<Job>> first = put(new Job("j", "x"));
    gate.reached.await();
    List<CompletableFuture<Outcome<Job>>> jobs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      jobs.add(put(new Job("j" + i, "p".repeat(100_000))));
    }
    gate.open.countDown();
    applied(first);
    for (CompletableFuture<Outcome<Job>> job : jobs) {
      applied(job);
    }
    assertThat(storage.committed.subList(2, storage.committed.size()))
        .hasSize(4)
        .allSatisfy(batch -> assertThat(batch.countedBytes()).isLessThan(Limits.LEAST_BATCH_BYTES));
    assertThat(registrar.registry().count(JOB)).isEqualTo(21);
  }

  @Test
  void anOperationOverALimitIsRefusedAndNamesIt() throws Exception {
    storage.limits(Limits.LEAST);
    recover();
    assertThat(get(put(new Job("big", "p".repeat(300_000)))))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.cause()).isEqualTo(Refusal.Cause.LIMIT);
              assertThat(refused.reason()).contains("job/big").contains("maxValueBytes is 262144");
            });
    Outcome<Integer> many =
        get(
            registrar.apply(
                edit -> {
                  for (int i = 0; i < 6; i++) {
                    edit.put(JOB, new Job("j" + i, "p".repeat(100_000)));
                  }
                  return 6;
                },
                ALICE));
    assertThat(many)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("maxBatchBytes is 524288"));
    assertThat(registrar.registry().count(JOB)).isZero();
    applied(put(new Job("small", "p")));
  }

  @Test
  void aFaultInAnOperationReachesItsCallerAloneAndChangesNothing() throws Exception {
    recover();
    CompletableFuture<Outcome<String>> faulty =
        registrar.apply(
            edit -> {
              edit.put(Agent.TYPE, Agent.registered("half", INFO));
              throw new IllegalStateException("a bug");
            },
            ALICE);
    assertThatThrownBy(() -> get(faulty)).hasRootCauseMessage("a bug");
    assertThat(perform(new AdmitAgent("a1", INFO))).isInstanceOf(Outcome.Applied.class);
    assertThat(registrar.registry().get(Agent.TYPE, "half")).isEmpty();
  }

  @Test
  void aViewDoesNotChangeUnderItsReader() throws Exception {
    recover();
    perform(new AdmitAgent("a1", INFO));
    var before = registrar.registry();
    perform(new RemoveAgent("a1"));
    assertThat(before.get(Agent.TYPE, "a1")).isPresent();
    assertThat(registrar.registry().get(Agent.TYPE, "a1")).isEmpty();
    assertThat(registrar.registry().version()).isEqualTo(before.version() + 1);
  }

  @Test
  void whatMakesHistoryIsRememberedWithWhoDidIt() throws Exception {
    recover();
    perform(new AdmitAgent("a1", INFO));
    perform(new RemoveAgent("a1"));
    assertThat(registrar.registry().all(AuditEntry.TYPE))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.principal()).isEqualTo("alice");
              assertThat(entry.action()).isEqualTo("agent removed");
              assertThat(entry.subjects()).containsExactly("a1");
            });
  }

  @Test
  void theHistoryIsBoundedAndGoesOnAfterARecovery() throws Exception {
    RegistrarOptions.Builder few = options().auditLimits(new AuditLimits(3, 4096));
    registrar = Registrar.recover(storage, few.build());
    for (int i = 0; i < 5; i++) {
      perform(new AdmitAgent("a" + i, INFO));
      perform(new RemoveAgent("a" + i));
    }
    assertThat(
            registrar.registry().all(AuditEntry.TYPE).flatMap(entry -> entry.subjects().stream()))
        .containsExactly("a2", "a3", "a4");
    registrar.close();
    registrar = Registrar.recover(storage, few.build());
    perform(new AdmitAgent("a9", INFO));
    perform(new RemoveAgent("a9"));
    assertThat(registrar.registry().all(AuditEntry.TYPE).map(AuditEntry::sequence))
        .containsExactly(4L, 5L, 6L);
  }

  @Test
  void closeCommitsWhatWasSubmittedBeforeAndRefusesWhatComesAfter() throws Exception {
    recover();
    ScriptedStorage.Gate gate = storage.thenWait();
    registrar.apply(new AdmitAgent("a0", INFO), ALICE);
    gate.reached.await();
    CompletableFuture<Outcome<Agent>> queued = registrar.apply(new AdmitAgent("a1", INFO), ALICE);
    Thread closer = new Thread(registrar::close);
    closer.start();
    gate.open.countDown();
    closer.join();
    applied(queued);
    assertThatThrownBy(() -> get(registrar.apply(new AdmitAgent("a2", INFO), ALICE)))
        .hasCauseInstanceOf(RegistrarEndedException.class);
    assertThat(registrar.terminated().get(10, TimeUnit.SECONDS).reason())
        .isEqualTo(Termination.Reason.CLOSED);
    registrar.close();
  }

  @Test
  void leadershipIsConfirmedWithoutWriting() throws Exception {
    recover();
    int before = storage.committed.size();
    long version = registrar.registry().version();
    registrar.confirmLeadership(Duration.ofSeconds(10));
    assertThat(storage.committed).hasSize(before);
    assertThat(registrar.registry().version()).isEqualTo(version);
  }

  private void recover() throws RecoveryException {
    registrar = Registrar.recover(storage, options().build());
  }

  private static RegistrarOptions.Builder options() {
    return RegistrarOptions.leading(new MasterInfo("m1", "localhost", "", "test"))
        .types(List.of(JOB));
  }

  private CompletableFuture<Outcome<Job>> put(Job job) {
    return registrar.apply(
        edit -> {
          edit.put(JOB, job);
          return job;
        },
        ALICE);
  }

  private <R> Outcome<R> perform(Operation<R> operation) throws Exception {
    return get(registrar.apply(operation, ALICE));
  }

  private static <R> Outcome.Applied<R> applied(CompletableFuture<Outcome<R>> future)
      throws Exception {
    Outcome<R> outcome = get(future);
    assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    return (Outcome.Applied<R>) outcome;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }
}
