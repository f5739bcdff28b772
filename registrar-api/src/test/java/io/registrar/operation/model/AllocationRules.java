package io.registrar.operation.model;

import static io.registrar.Refusal.Cause.CONFLICT;
import static io.registrar.Refusal.Cause.FORBIDDEN;
import static io.registrar.Refusal.Cause.UNKNOWN;
import static io.registrar.operation.model.AgentRules.refuseIf;

import io.registrar.record.Agent;
import io.registrar.record.Framework;
import io.registrar.record.Quota;
import io.registrar.record.Reservation;
import io.registrar.record.ResourceProvider;
import io.registrar.record.ResourceProvider.State;
import io.registrar.record.Weight;
import java.util.List;

/** The rules of the operations on roles, frameworks, resource providers and reservations. */
final class AllocationRules {
  private AllocationRules() {}

  static Rule quotas(List<Quota> quotas) {
    return world -> {
      for (Quota quota : quotas) {
        if (quota.guarantees().isEmpty() && quota.limits().isEmpty()) {
          world.quotas.remove(quota.role());
        } else {
          world.quotas.put(quota.role(), quota);
        }
      }
      return quotas;
    };
  }

  static Rule weights(List<Weight> weights) {
    return world -> {
      weights.forEach(weight -> world.weights.put(weight.role(), weight));
      return weights;
    };
  }

  static Rule admit(Framework framework) {
    return world -> {
      refuseIf(world.frameworks.containsKey(framework.id()), CONFLICT);
      world.frameworks.put(framework.id(), framework);
      return framework;
    };
  }

  static Rule update(Framework framework) {
    return world -> {
      refuseIf(!world.frameworks.containsKey(framework.id()), UNKNOWN);
      world.frameworks.put(framework.id(), framework);
      return framework;
    };
  }

  static Rule removeFramework(String id) {
    return world -> {
      Framework was = world.frameworks.remove(id);
      refuseIf(was == null, UNKNOWN);
      return was;
    };
  }

  static Rule admitProvider(String id, String type) {
    return world -> {
      ResourceProvider was = world.providers.get(id);
      refuseIf(was != null && was.state() == State.REMOVED, FORBIDDEN);
      refuseIf(was != null, CONFLICT);
      ResourceProvider now = new ResourceProvider(id, type, "", State.ADMITTED);
      world.providers.put(id, now);
      return now;
    };
  }

  static Rule removeProvider(String id) {
    return world -> {
      ResourceProvider was = world.providers.get(id);
      refuseIf(was == null || was.state() == State.REMOVED, UNKNOWN);
      ResourceProvider now = new ResourceProvider(id, was.type(), was.name(), State.REMOVED);
      world.providers.put(id, now);
      return now;
    };
  }

  static Rule reserve(Reservation wanted) {
    return world -> {
      Agent agent = AgentRules.present(world, wanted.agent());
      for (String resource : wanted.resources().keySet()) {
        double others = 0;
        for (Reservation other : world.reservations.values()) {
          if (other.agent().equals(wanted.agent()) && !other.role().equals(wanted.role())) {
            others += other.resources().getOrDefault(resource, 0.0);
          }
        }
        double offered = agent.resources().getOrDefault(resource, 0.0);
        refuseIf(others + wanted.resources().get(resource) > offered, CONFLICT);
      }
      world.reservations.put(wanted.agent() + " " + wanted.role(), wanted);
      return wanted;
    };
  }

  static Rule unreserve(String agent, String role) {
    return world -> {
      Reservation was = world.reservations.remove(agent + " " + role);
      refuseIf(was == null, UNKNOWN);
      return was;
    };
  }
}
