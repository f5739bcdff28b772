package io.registrar.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.Refusal;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.Machine;
import io.registrar.record.MachineId;
import io.registrar.record.MaintenanceSchedule;
import io.registrar.record.MaintenanceWindow;
import io.registrar.record.Reservation;
import io.registrar.record.Unavailability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MaintenanceOperationsTest {
  private static final Unavailability TONIGHT =
      new Unavailability(Instant.parse("2026-01-01T22:00:00Z"), Optional.of(Duration.ofHours(2)));
  private static final Unavailability TOMORROW =
      new Unavailability(Instant.parse("2026-01-02T22:00:00Z"), Optional.empty());
  private static final MachineId ONE = MachineId.named("one");
  private static final MachineId TWO = MachineId.named("two");

  @RegisterExtension private final Performing performing = new Performing();

  @Test
  void aScheduleIsReplacedAsAWhole() throws Exception {
    performing.applied(schedule("default", window(TONIGHT, ONE, TWO)));
    assertThat(mode(ONE)).contains(Machine.Mode.DRAINING);
    performing.applied(schedule("default", window(TOMORROW, TWO)));
    assertThat(mode(ONE)).as("up again").isEmpty();
    assertThat(performing.registry().get(Machine.TYPE, "two").orElseThrow().unavailability())
        .isEqualTo(TOMORROW);
    performing.unchanged(schedule("default", window(TOMORROW, TWO)));
    performing.applied(schedule("default"));
    assertThat(schedules()).isEmpty();
  }

  @Test
  void machinesThatAreDownStayDownWhenTheScheduleGrows() throws Exception {
    performing.applied(schedule("default", window(TONIGHT, ONE)));
    performing.applied(new StartMaintenance(List.of(ONE)));
    performing.applied(schedule("default", window(TOMORROW, ONE), window(TONIGHT, TWO)));
    assertThat(mode(ONE)).contains(Machine.Mode.DOWN);
    assertThat(mode(TWO)).contains(Machine.Mode.DRAINING);
    assertThat(
            performing.refused(Refusal.Cause.CONFLICT, schedule("default", window(TONIGHT, TWO))))
        .contains("'one' is down");
    performing.failOver();
    assertThat(mode(ONE)).contains(Machine.Mode.DOWN);
  }

  @Test
  void maintenanceStartsAndStopsForAllOrNone() throws Exception {
    performing.applied(schedule("default", window(TONIGHT, ONE, TWO)));
    performing.refused(
        Refusal.Cause.UNKNOWN, new StartMaintenance(List.of(ONE, MachineId.named("three"))));
    assertThat(mode(ONE)).contains(Machine.Mode.DRAINING);
    performing.refused(Refusal.Cause.CONFLICT, new StopMaintenance(List.of(ONE)));
    performing.applied(new StartMaintenance(List.of(ONE, TWO)));
    performing.refused(Refusal.Cause.CONFLICT, new StartMaintenance(List.of(ONE)));
    performing.applied(new StopMaintenance(List.of(ONE)));
    assertThat(schedules())
        .containsExactly(new MaintenanceSchedule("default", List.of(window(TONIGHT, TWO))));
    performing.applied(new StopMaintenance(List.of(TWO)));
    assertThat(schedules()).as("no machine, no window, no schedule").isEmpty();
  }

  @Test
  void agentsThatAreRegisteredOnMachinesThatGoDownAreRemoved() throws Exception {
    for (String id : List.of("a", "b", "lost", "elsewhere")) {
      String hostname = id.equals("elsewhere") ? "two" : "ONE";
      performing.applied(
          new AdmitAgent(id, new AgentInfo(hostname, 5051, Map.of(), Map.of("cpus", 8.0))));
    }
    performing.applied(new Reserve(new Reservation("a", "eng", Map.of("cpus", 1.0), Map.of())));
    performing.applied(new MarkAgentUnreachable("lost", Instant.EPOCH));
    performing.applied(schedule("default", window(TONIGHT, ONE)));
    long before = performing.registry().version();
    StartMaintenance.Result result = performing.applied(new StartMaintenance(List.of(ONE)));
    assertThat(performing.registry().version()).as("one commit").isEqualTo(before + 1);
    assertThat(result.removed()).extracting(Agent::id).containsExactly("a", "b");
    assertThat(performing.registry().all(Agent.TYPE))
        .extracting(Agent::id)
        .containsExactly("elsewhere", "lost");
    assertThat(performing.registry().count(Reservation.TYPE)).isZero();
  }

  @Test
  void thereMayBeSeveralSchedulesAndAMachineIsInOne() throws Exception {
    performing.applied(schedule("a", window(TONIGHT, ONE)));
    performing.applied(schedule("b", window(TOMORROW, TWO)));
    assertThat(schedules()).extracting(MaintenanceSchedule::name).containsExactly("a", "b");
    assertThat(performing.refused(Refusal.Cause.CONFLICT, schedule("b", window(TONIGHT, ONE))))
        .contains("in the schedule 'a' already");
    performing.refused(Refusal.Cause.INVALID, schedule("b", window(TONIGHT, TWO, TWO)));
  }

  @Test
  void malformedSchedulesCannotBeMade() {
    assertThatThrownBy(() -> new MaintenanceWindow(List.of(), TONIGHT))
        .hasMessageContaining("at least one machine");
    assertThatThrownBy(() -> new Unavailability(Instant.EPOCH, Optional.of(Duration.ofSeconds(-1))))
        .hasMessageContaining("0 or more");
    assertThatThrownBy(() -> new MachineId(Optional.empty(), Optional.empty()))
        .hasMessageContaining("a hostname, an ip, or both");
    assertThat(MachineId.named("HOST"))
        .as("names of hosts have no case")
        .isEqualTo(MachineId.named("host"));
  }

  @Test
  void tenThousandMachinesAreOneCommit() throws Exception {
    List<MachineId> machines = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      machines.add(MachineId.named("machine-" + i));
    }
    long before = performing.registry().version();
    performing.applied(
        new UpdateMaintenanceSchedule(
            new MaintenanceSchedule("all", List.of(new MaintenanceWindow(machines, TONIGHT)))));
    performing.applied(new StartMaintenance(machines));
    assertThat(performing.registry().version()).isEqualTo(before + 2);
    assertThat(performing.registry().count(Machine.TYPE)).isEqualTo(10_000);
  }

  private Optional<Machine.Mode> mode(MachineId id) {
    return performing.registry().get(Machine.TYPE, id.text()).map(Machine::mode);
  }

  private List<MaintenanceSchedule> schedules() {
    return MaintenanceSchedule.of(performing.registry().all(Machine.TYPE));
  }

  private static MaintenanceWindow window(Unavailability when, MachineId... machines) {
    return new MaintenanceWindow(List.of(machines), when);
  }

  private static UpdateMaintenanceSchedule schedule(String name, MaintenanceWindow... windows) {
    return new UpdateMaintenanceSchedule(new MaintenanceSchedule(name, List.of(windows)));
  }
}
