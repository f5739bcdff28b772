package io.registrar.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.Refusal;
import io.registrar.record.AgentInfo;
import io.registrar.record.Framework;
import io.registrar.record.Quota;
import io.registrar.record.Reservation;
import io.registrar.record.ResourceProvider;
import io.registrar.record.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Quota, weights, frameworks, resource providers and reservations. */
class AllocationOperationsTest {
  @RegisterExtension private final Performing performing = new Performing();

  @Test
  void aQuotaThatSaysNothingIsNotKept() throws Exception {
    performing.applied(new UpdateQuota(List.of(quota("eng", 2), quota("ops", 3))));
    performing.unchanged(new UpdateQuota(List.of(quota("eng", 2))));
    performing.applied(
        new UpdateQuota(List.of(new Quota("eng", Map.of(), Map.of()), quota("ops", 4))));
    assertThat(performing.registry().all(Quota.TYPE)).containsExactly(quota("ops", 4));
    performing.unchanged(new UpdateQuota(List.of(new Quota("nobody", Map.of(), Map.of()))));
  }

  @Test
  void quotasOutliveAFailover() throws Exception {
    performing.applied(new UpdateQuota(List.of(quota("ops", 3), quota("eng", 2))));
    performing.failOver();
    assertThat(performing.registry().all(Quota.TYPE))
        .containsExactly(quota("eng", 2), quota("ops", 3));
  }

  @Test
  void quotasOutOfRangeCannotBeMade() {
    double exbibyte = 1L << 40;
    assertThat(new Quota("a", Map.of("mem", exbibyte), Map.of())).isNotNull();
    assertThatThrownBy(() -> new Quota("a", Map.of(), Map.of("mem", exbibyte + 1)))
        .hasMessageContaining("an amount of mem");
    assertThatThrownBy(() -> new Quota("a", Map.of("cpus", 1e12 + 1), Map.of()))
        .hasMessageContaining("an amount of cpus");
    assertThatThrownBy(() -> new Quota("a", Map.of("cpus", Double.NaN), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quota("a", Map.of("cpus", -1.0), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quota("a", Map.of("cpus", 3.0), Map.of("cpus", 2.0)))
        .hasMessageContaining("more than its limit");
    for (String role : List.of("", "*", "a//b", "..", "a/..", "-a", "a b", "a\\b", "/a", "a/")) {
      assertThatThrownBy(() -> new Quota(role, Map.of("cpus", 1.0), Map.of()))
          .as(role)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void weightsThatAreNotNamedStay() throws Exception {
    performing.applied(new UpdateWeights(List.of(new Weight("b", 2), new Weight("a", 3))));
    performing.applied(new UpdateWeights(List.of(new Weight("b", 5), new Weight("c", 1))));
    performing.unchanged(new UpdateWeights(List.of(new Weight("b", 5))));
    performing.unchanged(new UpdateWeights(List.of()));
    performing.failOver();
    assertThat(performing.registry().all(Weight.TYPE))
        .containsExactly(new Weight("a", 3), new Weight("b", 5), new Weight("c", 1));
    assertThatThrownBy(() -> new Weight("a", 0)).hasMessageContaining("more than 0");
  }

  @Test
  void frameworksAreAdmittedUpdatedAndRemoved() throws Exception {
    performing.refused(Refusal.Cause.UNKNOWN, new UpdateFramework(framework("spark")));
    performing.refused(Refusal.Cause.UNKNOWN, new RemoveFramework("f1"));
    performing.applied(new AdmitFramework(framework("spark")));
    performing.refused(Refusal.Cause.CONFLICT, new AdmitFramework(framework("spark")));
    performing.unchanged(new UpdateFramework(framework("spark")));
    performing.applied(new UpdateFramework(framework("spark 2")));
    performing.failOver();
    assertThat(performing.registry().all(Framework.TYPE)).containsExactly(framework("spark 2"));
    performing.applied(new RemoveFramework("f1"));
    performing.applied(new AdmitFramework(framework("spark")));
  }

  @Test
  void aResourceProviderThatWasRemovedNeverComesBack() throws Exception {
    performing.refused(Refusal.Cause.UNKNOWN, new RemoveResourceProvider("p"));
    performing.applied(new AdmitResourceProvider("p", "csi", "disks"));
    performing.refused(Refusal.Cause.CONFLICT, new AdmitResourceProvider("p", "other", "disks"));
    performing.applied(new RemoveResourceProvider("p"));
    performing.refused(Refusal.Cause.UNKNOWN, new RemoveResourceProvider("p"));
    performing.failOver();
    performing.refused(Refusal.Cause.FORBIDDEN, new AdmitResourceProvider("p", "csi", "disks"));
    assertThat(performing.registry().all(ResourceProvider.TYPE))
        .singleElement()
        .satisfies(
            provider -> assertThat(provider.state()).isEqualTo(ResourceProvider.State.REMOVED));
  }

  @Test
  void noMoreIsReservedThanAnAgentOffers() throws Exception {
    performing.refused(Refusal.Cause.UNKNOWN, new Reserve(reservation("a", "eng", 1)));
    performing.applied(new AdmitAgent("a", info(8)));
    performing.applied(new AdmitAgent("a/eng", info(8)));
    performing.applied(new Reserve(reservation("a", "eng", 5)));
    performing.applied(new Reserve(reservation("a/eng", "x", 8)));
    assertThat(performing.refused(Refusal.Cause.CONFLICT, new Reserve(reservation("a", "ops", 4))))
        .contains("would take 9.0 cpus, and it offers 8.0");
    performing.applied(new Reserve(reservation("a", "eng", 2)));
    performing.applied(new Reserve(reservation("a", "ops", 4)));
    performing.unchanged(new Reserve(reservation("a", "ops", 4)));
    performing.applied(new Unreserve("a", "eng"));
    performing.refused(Refusal.Cause.UNKNOWN, new Unreserve("a", "eng"));
    assertThat(performing.registry().count(Reservation.TYPE)).isEqualTo(2);
  }

  @Test
  void whatIsReservedOnAnAgentIsGivenBackWhenItIsRemovedGoneOrPruned() throws Exception {
    for (String id : List.of("removed", "gone", "pruned", "lost")) {
      performing.applied(new AdmitAgent(id, info(8)));
      performing.applied(new Reserve(reservation(id, "eng", 1)));
      performing.applied(new Reserve(reservation(id, "eng/build", 1)));
    }
    performing.applied(new RemoveAgent("removed"));
    performing.applied(new MarkAgentGone("gone", Instant.EPOCH));
    performing.applied(new MarkAgentUnreachable("pruned", Instant.EPOCH));
    performing.applied(new PruneAgents(Set.of("pruned"), Set.of()));
    performing.applied(new MarkAgentUnreachable("lost", Instant.EPOCH));
    assertThat(performing.registry().all(Reservation.TYPE))
        .as("an agent that is unreachable may come back, and is as it was")
        .containsExactly(reservation("lost", "eng", 1), reservation("lost", "eng/build", 1));
  }

  @Test
  void noTwoPlacesShareAReservation() throws Exception {
    performing.applied(new AdmitAgent("a", info(8)));
    performing.applied(new AdmitAgent("a/eng", info(8)));
    performing.applied(new Reserve(reservation("a", "eng/build", 1)));
    performing.applied(new Reserve(reservation("a/eng", "build", 2)));
    assertThat(performing.registry().all(Reservation.TYPE))
        .containsExactly(reservation("a", "eng/build", 1), reservation("a/eng", "build", 2));
  }

  private static Quota quota(String role, double cpus) {
    return new Quota(role, Map.of("cpus", 1.0), Map.of("cpus", cpus));
  }

  private static Framework framework(String name) {
    return new Framework("f1", name, "root", List.of("eng"), List.of(), Optional.empty(), Map.of());
  }

  private static AgentInfo info(double cpus) {
    return new AgentInfo("host", 5051, Map.of(), Map.of("cpus", cpus));
  }

  private static Reservation reservation(String agent, String role, double cpus) {
    return new Reservation(agent, role, Map.of("cpus", cpus), Map.of());
  }
}
