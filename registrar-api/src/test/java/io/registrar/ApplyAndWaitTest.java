package io.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.operation.AdmitAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.record.RecordType;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller that waits, and drives the storage itself where it can. */
class ApplyAndWaitTest {
  private static final AgentInfo INFO = new AgentInfo("host-1", 5051, Map.of(), Map.of());
  private static final RecordType<Count> COUNT =
      RecordType.json("count", Count.class, count -> "it");

  private record Count(long value) {}

  private final ScriptedStorage storage = new ScriptedStorage().ignoringInterrupts();
  private Registrar registrar;

  @AfterEach
  void close() {
    if (registrar != null) {
      registrar.close();
    }
  }

  @Test
  void aLoneCallerPerformsItItself() throws Exception {
    recover();
    assertThat(registrar.applyAndWait(edit -> whoAmI(edit, "a1"), Principal.MASTER).toString())
        .contains(Thread.currentThread().getName());
    assertThat(registrar.registry().get(Agent.TYPE, "a1")).isPresent();
    assertThat(registrar.apply(edit -> whoAmI(edit, "a2"), Principal.MASTER).get().toString())
        .contains("registrar-writer");
  }

  @Test
  void theWriterPerformsItWhereAnInterruptCouldDoHarm() throws Exception {
    Registrar careful =
        Registrar.recover(
            new ScriptedStorage(),
            RegistrarOptions.leading(new MasterInfo("m1", "localhost", "", "")).build());
    assertThat(careful.applyAndWait(edit -> whoAmI(edit, "a1"), Principal.MASTER).toString())
        .contains("registrar-writer");
    careful.close();
  }

  private static String whoAmI(RegistryEdit edit, String id) throws Refusal {
    edit.put(Agent.TYPE, Agent.registered(id, INFO));
    return Thread.currentThread().getName();
  }

  @Test
  void manyCallersOfBothKindsLoseNothing() throws Exception {
    recover();
    int threads = 8;
    int each = 500;
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    List<Future<?>> done = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      boolean waits = t % 2 == 0;
      done.add(
          callers.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  Outcome<Long> outcome =
                      waits
                          ? registrar.applyAndWait(ApplyAndWaitTest::increment, Principal.MASTER)
                          : registrar.apply(ApplyAndWaitTest::increment, Principal.MASTER).get();
                  assertThat(outcome).isInstanceOf(Outcome.Applied.class);
                }
                return null;
              }));
    }
    for (Future<?> one : done) {
      one.get(60, TimeUnit.SECONDS);
    }
    callers.shutdown();
    assertThat(registrar.registry().get(COUNT, "it")).contains(new Count((long) threads * each));
    registrar.close();
    recover();
    assertThat(registrar.registry().get(COUNT, "it")).contains(new Count((long) threads * each));
  }

  private static long increment(RegistryEdit edit) throws Refusal {
    long next = edit.get(COUNT, "it").map(Count::value).orElse(0L) + 1;
    edit.put(COUNT, new Count(next));
    return next;
  }

  @Test
  void whatHappensToTheCommitIsToldAsEver() throws Exception {
    recover();
    storage.thenFail(new UnavailableException("the cable is out"));
    assertThatThrownBy(() -> admit("a1"))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("the cable is out");
    assertThat(admit("a1")).isInstanceOf(Outcome.Applied.class);
    assertThat(admit("a1")).isInstanceOf(Outcome.Refused.class);
    assertThatThrownBy(
            () ->
                registrar.applyAndWait(
                    edit -> {
                      throw new ArithmeticException("by zero");
                    },
                    Principal.MASTER))
        .isInstanceOf(ArithmeticException.class);
    assertThat(registrar.terminated()).isNotDone();
  }

  @Test
  void aFencedLeaderEndsByIt() throws Exception {
    recover();
    storage.thenFail(new FencedException("epoch 9 leads"));
    assertThatThrownBy(() -> admit("a1")).isInstanceOf(RegistrarEndedException.class);
    assertThat(registrar.terminated().get(10, TimeUnit.SECONDS).reason())
        .isEqualTo(Termination.Reason.FENCED);
    assertThatThrownBy(() -> admit("a2")).isInstanceOf(RegistrarEndedException.class);
    registrar.close();
  }

  @Test
  void whoCameMeanwhileIsToldThatItEnded() throws Exception {
    recover();
    ScriptedStorage.Gate gate = new ScriptedStorage.Gate();
    storage.then(
        (session, batch, timeout) -> {
          gate.pass();
          throw new CommitUnknownException("no answer from the disk");
        });
    CompletableFuture<Object> waiting = CompletableFuture.supplyAsync(() -> failure("a1"));
    gate.reached.await();
    CompletableFuture<Outcome<Agent>> queued =
        registrar.apply(new AdmitAgent("a2", INFO), Principal.MASTER);
    gate.open.countDown();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> queued.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RegistrarEndedException.class);
  }

  @Test
  void afterACloseNothingIsPerformed() throws Exception {
    recover();
    registrar.close();
    assertThatThrownBy(() -> admit("a1")).isInstanceOf(RegistrarEndedException.class);
    assertThat(storage.committed).as("who leads").hasSize(1);
  }

  @Test
  void whoIsInterruptedBeforeDoesNothing() throws Exception {
    recover();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> admit("a1")).isInstanceOf(InterruptedException.class);
    assertThat(registrar.registry().get(Agent.TYPE, "a1")).isEmpty();
  }

  private Object failure(String id) {
    try {
      return admit(id);
    } catch (Exception e) {
      return e;
    }
  }

  private Outcome<Agent> admit(String id) throws RegistrarException, InterruptedException {
    return registrar.applyAndWait(new AdmitAgent(id, INFO), Principal.MASTER);
  }

  private void recover() throws RecoveryException {
    registrar =
        Registrar.recover(
            storage,
            RegistrarOptions.leading(new MasterInfo("m1", "localhost", "", ""))
                .types(List.of(COUNT))
                .build());
  }
}
