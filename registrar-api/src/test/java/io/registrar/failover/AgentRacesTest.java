package io.registrar.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Refusal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.memory.InMemoryStorage;
import io.registrar.operation.AdmitAgent;
import io.registrar.operation.MarkAgentUnreachable;
import io.registrar.operation.PruneAgents;
import io.registrar.operation.RegisterAgent;
import io.registrar.operation.RemoveAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two things at once about one agent: whichever is first in the queue is decided first. */
class AgentRacesTest {
  private static final AgentInfo INFO = new AgentInfo("host", 5051, Map.of(), Map.of());
  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  private final InMemoryStorage storage = new InMemoryStorage();
  private Registrar registrar;

  @BeforeEach
  void admitOne() throws Exception {
    recover();
    atOnce(new AdmitAgent("a", INFO));
  }

  @AfterEach
  void close() {
    registrar.close();
  }

  @Test
  void whoReturnsWhileItIsGivenUpIsTakenBack() throws Exception {
    List<Outcome<?>> outcomes =
        atOnce(new MarkAgentUnreachable("a", SINCE), new RegisterAgent("a", INFO));
    assertThat(outcomes).allMatch(outcome -> outcome instanceof Outcome.Applied<?>);
    assertThat(registrar.registry().get(Agent.TYPE, "a")).contains(Agent.registered("a", INFO));
  }

  @Test
  void whoReturnsBeforeItIsPrunedIsKept() throws Exception {
    List<Outcome<?>> outcomes =
        atOnce(
            new MarkAgentUnreachable("a", SINCE),
            new RegisterAgent("a", INFO),
            new PruneAgents(Set.of("a"), Set.of()));
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Unchanged.class);
    assertThat(registrar.registry().get(Agent.TYPE, "a")).contains(Agent.registered("a", INFO));
  }

  @Test
  void removalAndLossAreDecidedInTheirOrder() throws Exception {
    List<Outcome<?>> lostFirst = atOnce(new MarkAgentUnreachable("a", SINCE), new RemoveAgent("a"));
    assertThat(refusal(lostFirst.get(1))).isEqualTo(Refusal.Cause.CONFLICT);
    List<Outcome<?>> removedFirst =
        atOnce(
            new RegisterAgent("a", INFO),
            new RemoveAgent("a"),
            new MarkAgentUnreachable("a", SINCE));
    assertThat(refusal(removedFirst.get(2))).isEqualTo(Refusal.Cause.UNKNOWN);
    assertThat(registrar.registry().count(Agent.TYPE)).isZero();
  }

  @Test
  void whoWasUnreachableBeforeAFailoverReturnsAfterIt() throws Exception {
    atOnce(new MarkAgentUnreachable("a", SINCE));
    registrar.close();
    recover();
    assertThat(registrar.registry().get(Agent.TYPE, "a"))
        .contains(Agent.registered("a", INFO).unreachable(SINCE));
    atOnce(new RegisterAgent("a", INFO));
    assertThat(registrar.registry().get(Agent.TYPE, "a")).contains(Agent.registered("a", INFO));
  }

  private static Refusal.Cause refusal(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).cause();
  }

  /** Submits all before waiting for any. */
  private List<Outcome<?>> atOnce(Operation<?>... operations) throws Exception {
    List<CompletableFuture<? extends Outcome<?>>> answers = new ArrayList<>();
    for (Operation<?> operation : operations) {
      answers.add(registrar.apply(operation, Principal.MASTER));
    }
    List<Outcome<?>> outcomes = new ArrayList<>();
    for (CompletableFuture<? extends Outcome<?>> answer : answers) {
      outcomes.add(answer.get(10, TimeUnit.SECONDS));
    }
    return outcomes;
  }

  private void recover() throws Exception {
    registrar =
        Registrar.recover(
            storage, RegistrarOptions.leading(new MasterInfo("m", "h", "", "test")).build());
  }
}
