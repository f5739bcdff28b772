package io.registrar.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Refusal;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.AgentState;
import io.registrar.record.AuditEntry;
import io.registrar.record.Drain;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each operation on an agent that is absent, registered, unreachable and gone. */
class AgentOperationsTest {
  private static final AgentInfo INFO =
      new AgentInfo("host-1", 5051, Map.of("rack", "r1"), Map.of("cpus", 8.0));
  private static final AgentInfo NEW_INFO =
      new AgentInfo("host-1", 5051, Map.of("rack", "r2"), Map.of("cpus", 16.0));
  private static final Instant T1 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T2 = Instant.parse("2026-01-02T00:00:00Z");

  @RegisterExtension private final Performing performing = new Performing();

  @BeforeEach
  void oneInEachState() throws Exception {
    performing.applied(new AdmitAgent("registered", INFO));
    performing.applied(new AdmitAgent("unreachable", INFO));
    performing.applied(new MarkAgentUnreachable("unreachable", T1));
    performing.applied(new AdmitAgent("gone", INFO));
    performing.applied(new MarkAgentGone("gone", T1));
  }

  @Test
  void admit() throws Exception {
    performing.refused(Refusal.Cause.CONFLICT, new AdmitAgent("registered", INFO));
    performing.refused(Refusal.Cause.CONFLICT, new AdmitAgent("unreachable", INFO));
    performing.refused(Refusal.Cause.CONFLICT, new AdmitAgent("gone", INFO));
    performing.applied(new AdmitAgent("new", INFO));
    assertThat(agent("new")).contains(Agent.registered("new", INFO));
  }

  @Test
  void update() throws Exception {
    performing.refused(Refusal.Cause.UNKNOWN, new UpdateAgent("new", INFO));
    performing.refused(Refusal.Cause.CONFLICT, new UpdateAgent("unreachable", NEW_INFO));
    performing.refused(Refusal.Cause.CONFLICT, new UpdateAgent("gone", NEW_INFO));
    performing.unchanged(new UpdateAgent("registered", INFO));
    performing.applied(new UpdateAgent("registered", NEW_INFO));
    assertThat(agent("registered").map(Agent::info)).contains(NEW_INFO);
  }

  @Test
  void unreachable() throws Exception {
    performing.refused(Refusal.Cause.UNKNOWN, new MarkAgentUnreachable("new", T2));
    performing.refused(Refusal.Cause.CONFLICT, new MarkAgentUnreachable("unreachable", T2));
    performing.refused(Refusal.Cause.CONFLICT, new MarkAgentUnreachable("gone", T2));
    performing.applied(new MarkAgentUnreachable("registered", T2));
    assertThat(agent("registered")).contains(Agent.registered("registered", INFO).unreachable(T2));
  }

  @Test
  void reachable() throws Exception {
    performing.refused(Refusal.Cause.FORBIDDEN, new MarkAgentReachable("gone", INFO));
    performing.unchanged(new MarkAgentReachable("registered", NEW_INFO));
    performing.applied(new MarkAgentReachable("new", INFO));
    performing.applied(new MarkAgentReachable("unreachable", NEW_INFO));
    assertThat(agent("unreachable")).contains(Agent.registered("unreachable", NEW_INFO));
    performing.unchanged(new MarkAgentReachable("unreachable", NEW_INFO));
    performing.applied(new MarkAgentUnreachable("unreachable", T2));
  }

  @Test
  void gone() throws Exception {
    performing.refused(Refusal.Cause.UNKNOWN, new MarkAgentGone("new", T2));
    performing.refused(Refusal.Cause.CONFLICT, new MarkAgentGone("gone", T2));
    performing.applied(new MarkAgentGone("registered", T2));
    performing.applied(new MarkAgentGone("unreachable", T2));
    assertThat(agent("unreachable").map(Agent::state)).contains(AgentState.GONE);
    assertThat(agent("unreachable").flatMap(Agent::since)).contains(T2);
  }

  @Test
  void remove() throws Exception {
    performing.refused(Refusal.Cause.UNKNOWN, new RemoveAgent("new"));
    performing.refused(Refusal.Cause.CONFLICT, new RemoveAgent("unreachable"));
    performing.refused(Refusal.Cause.CONFLICT, new RemoveAgent("gone"));
    performing.applied(new RemoveAgent("registered"));
    performing.refused(Refusal.Cause.UNKNOWN, new RemoveAgent("registered"));
    performing.applied(new AdmitAgent("registered", INFO));
    assertThat(agent("unreachable")).isPresent();
  }

  @Test
  void register() throws Exception {
    performing.refused(Refusal.Cause.FORBIDDEN, new RegisterAgent("gone", INFO));
    assertThat(performing.applied(new RegisterAgent("new", INFO)).welcome())
        .isEqualTo(RegisterAgent.Welcome.ADMITTED);
    assertThat(performing.unchanged(new RegisterAgent("registered", INFO)).welcome())
        .isEqualTo(RegisterAgent.Welcome.KNOWN);
    assertThat(performing.applied(new RegisterAgent("registered", NEW_INFO)).welcome())
        .isEqualTo(RegisterAgent.Welcome.KNOWN);
    assertThat(performing.applied(new RegisterAgent("unreachable", INFO)).welcome())
        .isEqualTo(RegisterAgent.Welcome.RETURNED);
  }

  @Test
  void aMalformedIdIsRefused() throws Exception {
    performing.refused(Refusal.Cause.INVALID, new AdmitAgent("", INFO));
    performing.refused(Refusal.Cause.INVALID, new AdmitAgent("x".repeat(513), INFO));
    performing.refused(Refusal.Cause.INVALID, new RemoveAgent("a\0b"));
  }

  @Test
  void textThatCannotBeStoredIsRefused() throws Exception {
    AgentInfo nul = new AgentInfo("host", 1, Map.of("k", "a\0b"), Map.of());
    assertThat(performing.refused(Refusal.Cause.INVALID, new AdmitAgent("new", nul)))
        .contains("U+0000");
  }

  @Test
  void everythingIsThereAfterARecovery() throws Exception {
    var before = performing.registry().all(Agent.TYPE).toList();
    performing.failOver();
    assertThat(performing.registry().all(Agent.TYPE)).containsExactlyElementsOf(before);
  }

  @Test
  void drain() throws Exception {
    DrainAgent drain =
        new DrainAgent("registered", Optional.of(Duration.ofMinutes(5)), DrainAgent.Then.MARK_GONE);
    performing.refused(
        Refusal.Cause.UNKNOWN, new DrainAgent("new", Optional.empty(), DrainAgent.Then.KEEP));
    performing.refused(
        Refusal.Cause.CONFLICT, new DrainAgent("gone", Optional.empty(), DrainAgent.Then.KEEP));
    performing.refused(
        Refusal.Cause.INVALID,
        new DrainAgent("registered", Optional.of(Duration.ofSeconds(-1)), DrainAgent.Then.KEEP));
    performing.refused(Refusal.Cause.CONFLICT, new MarkAgentDrained("registered"));
    Agent draining = performing.applied(drain);
    assertThat(draining.deactivated()).isTrue();
    assertThat(draining.drain())
        .contains(new Drain(Drain.State.DRAINING, Optional.of(Duration.ofMinutes(5)), true));
    performing.unchanged(drain);
    performing.refused(Refusal.Cause.CONFLICT, new ReactivateAgent("registered"));
    performing.applied(new MarkAgentUnreachable("registered", T2));
    performing.applied(new MarkAgentReachable("registered", INFO));
    assertThat(agent("registered")).as("a drain is kept through an absence").contains(draining);
    assertThat(performing.applied(new MarkAgentDrained("registered")).drain().orElseThrow().state())
        .isEqualTo(Drain.State.DRAINED);
    performing.refused(Refusal.Cause.CONFLICT, new MarkAgentDrained("registered"));
    performing.applied(new ReactivateAgent("registered"));
    assertThat(agent("registered")).contains(Agent.registered("registered", INFO));
  }

  @Test
  void drainIsForgottenOnceGone() throws Exception {
    performing.applied(new DrainAgent("unreachable", Optional.empty(), DrainAgent.Then.MARK_GONE));
    performing.applied(new MarkAgentDrained("unreachable"));
    assertThat(performing.applied(new MarkAgentGone("unreachable", T2)).drain()).isEmpty();
  }

  @Test
  void deactivate() throws Exception {
    performing.refused(Refusal.Cause.UNKNOWN, new DeactivateAgent("new"));
    performing.refused(Refusal.Cause.CONFLICT, new DeactivateAgent("gone"));
    performing.applied(new DeactivateAgent("unreachable"));
    performing.unchanged(new DeactivateAgent("unreachable"));
    performing.applied(new MarkAgentReachable("unreachable", INFO));
    assertThat(agent("unreachable").map(Agent::deactivated)).contains(true);
    assertThat(agent("unreachable").flatMap(Agent::drain)).isEmpty();
    performing.applied(new ReactivateAgent("unreachable"));
    performing.unchanged(new ReactivateAgent("registered"));
  }

  @Test
  void prune() throws Exception {
    assertThat(
            performing.applied(
                new PruneAgents(Set.of("unreachable", "registered", "gone"), Set.of())))
        .as("only what is unreachable, of those named as unreachable")
        .containsExactly("unreachable");
    assertThat(agent("registered")).isPresent();
    assertThat(agent("gone")).isPresent();
    assertThat(performing.applied(new PruneAgents(Set.of(), Set.of("gone"))))
        .containsExactly("gone");
    performing.unchanged(new PruneAgents(Set.of("unreachable"), Set.of("gone", "new")));
    performing.applied(new AdmitAgent("gone", INFO));
    performing.applied(new MarkAgentGone("gone", T2));
  }

  @Test
  void admissionsLeaveNoHistoryAndTheOthersDo() {
    assertThat(performing.registry().all(AuditEntry.TYPE).map(AuditEntry::action))
        .containsExactly("agent unreachable", "agent gone");
  }

  private Optional<Agent> agent(String id) {
    return performing.registry().get(Agent.TYPE, id);
  }
}
