package io.registrar.operation.model;

import io.registrar.operation.AdmitAgent;
import io.registrar.operation.AdmitFramework;
import io.registrar.operation.AdmitResourceProvider;
import io.registrar.operation.DeactivateAgent;
import io.registrar.operation.DrainAgent;
import io.registrar.operation.MarkAgentDrained;
import io.registrar.operation.MarkAgentGone;
import io.registrar.operation.MarkAgentReachable;
import io.registrar.operation.MarkAgentUnreachable;
import io.registrar.operation.PruneAgents;
import io.registrar.operation.ReactivateAgent;
import io.registrar.operation.RegisterAgent;
import io.registrar.operation.RemoveAgent;
import io.registrar.operation.RemoveFramework;
import io.registrar.operation.RemoveResourceProvider;
import io.registrar.operation.Reserve;
import io.registrar.operation.StartMaintenance;
import io.registrar.operation.StopMaintenance;
import io.registrar.operation.Unreserve;
import io.registrar.operation.UpdateAgent;
import io.registrar.operation.UpdateFramework;
import io.registrar.operation.UpdateMaintenanceSchedule;
import io.registrar.operation.UpdateQuota;
import io.registrar.operation.UpdateWeights;
import io.registrar.record.AgentInfo;
import io.registrar.record.Drain;
import io.registrar.record.Framework;
import io.registrar.record.MachineId;
import io.registrar.record.MaintenanceSchedule;
import io.registrar.record.MaintenanceWindow;
import io.registrar.record.Quota;
import io.registrar.record.Reservation;
import io.registrar.record.Unavailability;
import io.registrar.record.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Steps drawn from a seed, over so few ids that they meet each other in every state. */
final class RandomSteps {
  private static final List<String> AGENTS = List.of("a", "b", "b/eng");
  private static final List<String> HOSTS = List.of("h1", "h2", "h3");
  private static final List<String> ROLES = List.of("build", "eng/build", "ops");
  private static final List<String> NAMES = List.of("x", "y");
  private static final List<Instant> TIMES =
      List.of(Instant.ofEpochSecond(1_000), Instant.parse("2026-01-02T03:04:05.006Z"));

  private final Random random;
  private final List<Supplier<Step>> agents =
      List.of(
          this::admit,
          this::update,
          this::register,
          this::register,
          this::unreachable,
          this::unreachable,
          this::reachable,
          this::gone,
          this::remove,
          this::prune,
          this::drain,
          this::drain,
          this::drained,
          this::deactivate,
          this::reactivate,
          this::reserve,
          this::unreserve);
  private final List<Supplier<Step>> others =
      List.of(
          this::schedule,
          this::schedule,
          this::start,
          this::start,
          this::stop,
          this::quotas,
          this::weights,
          this::admitFramework,
          this::updateFramework,
          this::removeFramework,
          this::admitProvider,
          this::removeProvider);

  RandomSteps(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  Step next() {
    return random.nextInt(5) < 3 ? one(agents).get() : one(others).get();
  }

  /** How many steps are asked for before the first answer is waited for: they share batches. */
  int burst() {
    return 1 + random.nextInt(6);
  }

  private Step admit() {
    String id = one(AGENTS);
    AgentInfo info = info();
    return new Step(new AdmitAgent(id, info), AgentRules.admit(id, info));
  }

  private Step update() {
    String id = one(AGENTS);
    AgentInfo info = info();
    return new Step(new UpdateAgent(id, info), AgentRules.update(id, info));
  }

  private Step register() {
    String id = one(AGENTS);
    AgentInfo info = info();
    RegisterAgent.Unknown unknown = one(List.of(RegisterAgent.Unknown.values()));
    return new Step(new RegisterAgent(id, info, unknown), AgentRules.register(id, info, unknown));
  }

  private Step unreachable() {
    String id = one(AGENTS);
    Instant since = one(TIMES);
    return new Step(new MarkAgentUnreachable(id, since), AgentRules.unreachable(id, since));
  }

  private Step reachable() {
    String id = one(AGENTS);
    AgentInfo info = info();
    return new Step(new MarkAgentReachable(id, info), AgentRules.reachable(id, info));
  }

  private Step gone() {
    String id = one(AGENTS);
    Instant since = one(TIMES);
    return new Step(new MarkAgentGone(id, since), AgentRules.gone(id, since));
  }

  private Step remove() {
    String id = one(AGENTS);
    return new Step(new RemoveAgent(id), AgentRules.remove(id));
  }

  private Step prune() {
    Set<String> unreachable = some(AGENTS);
    Set<String> gone = some(AGENTS);
    return new Step(new PruneAgents(unreachable, gone), AgentRules.prune(unreachable, gone));
  }

  private Step drain() {
    String id = one(AGENTS);
    Optional<Duration> grace = one(List.of(Optional.empty(), Optional.of(Duration.ofSeconds(9))));
    DrainAgent.Then then = one(List.of(DrainAgent.Then.values()));
    Drain how = new Drain(Drain.State.DRAINING, grace, then == DrainAgent.Then.MARK_GONE);
    return new Step(new DrainAgent(id, grace, then), AgentRules.drain(id, how));
  }

  private Step drained() {
    String id = one(AGENTS);
    return new Step(new MarkAgentDrained(id), AgentRules.drained(id));
  }

  private Step deactivate() {
    String id = one(AGENTS);
    return new Step(new DeactivateAgent(id), AgentRules.deactivate(id));
  }

  private Step reactivate() {
    String id = one(AGENTS);
    return new Step(new ReactivateAgent(id), AgentRules.reactivate(id));
  }

  private Step reserve() {
    Reservation wanted =
        new Reservation(
            one(AGENTS), one(ROLES), Map.of(one(List.of("cpus", "mem")), amount()), Map.of());
    return new Step(new Reserve(wanted), AllocationRules.reserve(wanted));
  }

  private Step unreserve() {
    String agent = one(AGENTS);
    String role = one(ROLES);
    return new Step(new Unreserve(agent, role), AllocationRules.unreserve(agent, role));
  }

  private Step schedule() {
    List<MaintenanceWindow> windows = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Unavailability when =
          new Unavailability(
              one(TIMES), one(List.of(Optional.empty(), Optional.of(Duration.ZERO))));
      windows.add(new MaintenanceWindow(machines(), when));
    }
    MaintenanceSchedule schedule = new MaintenanceSchedule(one(NAMES), windows);
    return new Step(new UpdateMaintenanceSchedule(schedule), MaintenanceRules.update(schedule));
  }

  private Step start() {
    List<MachineId> machines = machines();
    return new Step(new StartMaintenance(machines), MaintenanceRules.start(machines));
  }

  private Step stop() {
    List<MachineId> machines = machines();
    return new Step(new StopMaintenance(machines), MaintenanceRules.stop(machines));
  }

  private Step quotas() {
    List<Quota> quotas =
        some(ROLES).stream().map(role -> new Quota(role, amounts(), Map.of())).toList();
    return new Step(new UpdateQuota(quotas), AllocationRules.quotas(quotas));
  }

  private Step weights() {
    List<Weight> weights = some(ROLES).stream().map(role -> new Weight(role, amount())).toList();
    return new Step(new UpdateWeights(weights), AllocationRules.weights(weights));
  }

  private Step admitFramework() {
    Framework framework = framework();
    return new Step(new AdmitFramework(framework), AllocationRules.admit(framework));
  }

  private Step updateFramework() {
    Framework framework = framework();
    return new Step(new UpdateFramework(framework), AllocationRules.update(framework));
  }

  private Step removeFramework() {
    String id = one(NAMES);
    return new Step(new RemoveFramework(id), AllocationRules.removeFramework(id));
  }

  private Step admitProvider() {
    String id = one(NAMES);
    String type = one(List.of("", "csi"));
    return new Step(
        new AdmitResourceProvider(id, type, ""), AllocationRules.admitProvider(id, type));
  }

  private Step removeProvider() {
    String id = one(NAMES);
    return new Step(new RemoveResourceProvider(id), AllocationRules.removeProvider(id));
  }

  private AgentInfo info() {
    return new AgentInfo(one(List.of("h1", "H2")), 5051, Map.of(), amounts());
  }

  private Framework framework() {
    return new Framework(
        one(NAMES), one(NAMES), "", List.of(one(ROLES)), List.of(), Optional.empty(), Map.of());
  }

  private List<MachineId> machines() {
    return Stream.generate(() -> MachineId.named(one(HOSTS))).limit(1 + random.nextInt(2)).toList();
  }

  private Map<String, Double> amounts() {
    return random.nextInt(4) == 0 ? Map.of() : Map.of("cpus", amount() * 2, "mem", amount());
  }

  private double amount() {
    return 1 + random.nextInt(3);
  }

  private Set<String> some(List<String> all) {
    Set<String> some = new LinkedHashSet<>(all);
    some.removeIf(each -> random.nextBoolean());
    return some;
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
