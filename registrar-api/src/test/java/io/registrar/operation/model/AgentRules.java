package io.registrar.operation.model;

import static io.registrar.Refusal.Cause.CONFLICT;
import static io.registrar.Refusal.Cause.FORBIDDEN;
import static io.registrar.Refusal.Cause.UNKNOWN;
import static io.registrar.record.AgentState.GONE;
import static io.registrar.record.AgentState.REGISTERED;
import static io.registrar.record.AgentState.UNREACHABLE;

import io.registrar.Refusal;
import io.registrar.operation.RegisterAgent.Result;
import io.registrar.operation.RegisterAgent.Unknown;
import io.registrar.operation.RegisterAgent.Welcome;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.AgentState;
import io.registrar.record.Drain;
import io.registrar.record.Machine;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rules of the operations on agents. */
final class AgentRules {
  private AgentRules() {}

  static Rule admit(String id, AgentInfo info) {
    return world -> {
      refuseIf(world.agents.containsKey(id), CONFLICT);
      return put(world, id, info, REGISTERED, Optional.empty(), false, Optional.empty());
    };
  }

  static Rule update(String id, AgentInfo info) {
    return world -> {
      Agent was = registered(world, id);
      return put(world, id, info, REGISTERED, Optional.empty(), was.deactivated(), was.drain());
    };
  }

  static Rule register(String id, AgentInfo info, Unknown unknown) {
    return world -> {
      AgentState was = state(world, id);
      refuseIf(was == GONE, FORBIDDEN);
      Machine machine = world.machines.get(info.hostname().toLowerCase(Locale.ROOT));
      refuseIf(machine != null && machine.mode() == Machine.Mode.DOWN, FORBIDDEN);
      refuseIf(was == null && unknown == Unknown.REFUSE, FORBIDDEN);
      if (was == null) {
        return new Result((Agent) admit(id, info).apply(world), Welcome.ADMITTED);
      }
      return was == REGISTERED
          ? new Result((Agent) update(id, info).apply(world), Welcome.KNOWN)
          : new Result((Agent) reachable(id, info).apply(world), Welcome.RETURNED);
    };
  }

  static Rule unreachable(String id, Instant since) {
    return world -> {
      Agent was = registered(world, id);
      return put(
          world, id, was.info(), UNREACHABLE, Optional.of(since), was.deactivated(), was.drain());
    };
  }

  static Rule reachable(String id, AgentInfo info) {
    return world -> {
      AgentState was = state(world, id);
      refuseIf(was == GONE, FORBIDDEN);
      if (was == null) {
        return admit(id, info).apply(world);
      }
      Agent known = world.agents.get(id);
      return was == REGISTERED
          ? known
          : put(world, id, info, REGISTERED, Optional.empty(), known.deactivated(), known.drain());
    };
  }

  static Rule gone(String id, Instant since) {
    return world -> {
      Agent was = present(world, id);
      giveBack(world, id);
      return put(world, id, was.info(), GONE, Optional.of(since), false, Optional.empty());
    };
  }

  static Rule remove(String id) {
    return world -> {
      Agent was = registered(world, id);
      world.agents.remove(id);
      giveBack(world, id);
      return was;
    };
  }

  static Rule prune(Set<String> unreachable, Set<String> gone) {
    return world -> {
      TreeSet<String> pruned = new TreeSet<>();
      Stream.concat(unreachable.stream(), gone.stream())
          .filter(
              id ->
                  (unreachable.contains(id) && state(world, id) == UNREACHABLE)
                      || (gone.contains(id) && state(world, id) == GONE))
          .forEach(pruned::add);
      pruned.forEach(world.agents::remove);
      pruned.forEach(id -> giveBack(world, id));
      return pruned.stream().toList();
    };
  }

  static Rule drain(String id, Drain how) {
    return world -> offered(world, id, true, Optional.of(how));
  }

  static Rule drained(String id) {
    return world -> {
      Drain how = present(world, id).drain().orElse(null);
      refuseIf(how == null || how.state() == Drain.State.DRAINED, CONFLICT);
      Drain done = new Drain(Drain.State.DRAINED, how.maxGracePeriod(), how.markGone());
      return offered(world, id, true, Optional.of(done));
    };
  }

  static Rule deactivate(String id) {
    return world -> offered(world, id, true, present(world, id).drain());
  }

  static Rule reactivate(String id) {
    return world -> {
      Drain how = present(world, id).drain().orElse(null);
      refuseIf(how != null && how.state() == Drain.State.DRAINING, CONFLICT);
      return offered(world, id, false, Optional.empty());
    };
  }

  private static void giveBack(World world, String agent) {
    world.reservations.values().removeIf(one -> one.agent().equals(agent));
  }

  static Agent present(World world, String id) throws Rule.Broken {
    refuseIf(state(world, id) == null, UNKNOWN);
    refuseIf(state(world, id) == GONE, CONFLICT);
    return Objects.requireNonNull(world.agents.get(id));
  }

  static void refuseIf(boolean broken, Refusal.Cause cause) throws Rule.Broken {
    if (broken) {
      throw new Rule.Broken(cause);
    }
  }

  private static Agent registered(World world, String id) throws Rule.Broken {
    refuseIf(state(world, id) == null, UNKNOWN);
    refuseIf(state(world, id) != REGISTERED, CONFLICT);
    return Objects.requireNonNull(world.agents.get(id));
  }

  private static AgentState state(World world, String id) {
    Agent agent = world.agents.get(id);
    return agent == null ? null : agent.state();
  }

  private static Agent offered(World world, String id, boolean without, Optional<Drain> how)
      throws Rule.Broken {
    Agent was = present(world, id);
    return put(world, id, was.info(), was.state(), was.since(), without, how);
  }

  private static Agent put(
      World world,
      String id,
      AgentInfo info,
      AgentState state,
      Optional<Instant> since,
      boolean deactivated,
      Optional<Drain> drain) {
    Agent agent =
        new Agent(
            id,
            info.hostname(),
            info.port(),
            info.attributes(),
            info.resources(),
            state,
            since,
            deactivated,
            drain);
    world.agents.put(id, agent);
    return agent;
  }
}
