package io.registrar.operation.model;

import io.registrar.record.Agent;
import io.registrar.record.Framework;
import io.registrar.record.Machine;
import io.registrar.record.Quota;
import io.registrar.record.RecordType;
import io.registrar.record.Registry;
import io.registrar.record.Reservation;
import io.registrar.record.ResourceProvider;
import io.registrar.record.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** All records of the model, as maps from ids in ASCII, which sort as bytes do. */
final class World {
  final TreeMap<String, Agent> agents = new TreeMap<>();
  final TreeMap<String, Machine> machines = new TreeMap<>();
  final TreeMap<String, Quota> quotas = new TreeMap<>();
  final TreeMap<String, Weight> weights = new TreeMap<>();
  final TreeMap<String, Framework> frameworks = new TreeMap<>();
  final TreeMap<String, ResourceProvider> providers = new TreeMap<>();
  final TreeMap<String, Reservation> reservations = new TreeMap<>();

  /** A world of its own with the same records. */
  World copy() {
    World copy = new World();
    copy.agents.putAll(agents);
    copy.machines.putAll(machines);
    copy.quotas.putAll(quotas);
    copy.weights.putAll(weights);
    copy.frameworks.putAll(frameworks);
    copy.providers.putAll(providers);
    copy.reservations.putAll(reservations);
    return copy;
  }

  /** Every record, in the order in which {@link #of} gives a registry's. */
  List<Object> records() {
    List<Object> records = new ArrayList<>();
    for (TreeMap<String, ?> ofKind :
        List.of(agents, machines, quotas, weights, frameworks, providers, reservations)) {
      records.addAll(ofKind.values());
    }
    return records;
  }

  /** Every record of a registry that an operation can have made. */
  static List<Object> of(Registry registry) {
    List<Object> records = new ArrayList<>();
    for (RecordType<?> type :
        List.of(
            Agent.TYPE,
            Machine.TYPE,
            Quota.TYPE,
            Weight.TYPE,
            Framework.TYPE,
            ResourceProvider.TYPE,
            Reservation.TYPE)) {
      registry.all(type).forEach(records::add);
    }
    return records;
  }
}
