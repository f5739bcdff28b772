package io.registrar.example.master.metric;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.registrar.Registrar;
import io.registrar.example.master.Leader;
import io.registrar.example.master.RollCall;
import io.registrar.example.master.Standby;
import io.registrar.failover.FailoverStatus;
import io.registrar.record.Agent;
import io.registrar.spi.Storage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * How the master stands at the moment, read when it is asked for: one list, for the ancestor's flat
 * JSON and for Prometheus. What cannot be known before it leads is left out. Thread-safe.
 */
@Singleton
public final class MasterGauges implements MeterBinder {
  private final List<Reading> readings;
  private final List<MeterRegistry> bound = new CopyOnWriteArrayList<>();

  @Inject
  MasterGauges(Leader leader, RollCall rollCall) {
    Source<Registrar> registrar = new Source<>(leader::registrar);
    Source<FailoverStatus> failover = new Source<>(rollCall::status);
    this.readings =
        new CopyOnWriteArrayList<>(
            List.of(
                new Reading(
                    "master/elected",
                    "1 while this master leads.",
                    () -> Optional.of(leader.registrar().isPresent() ? 1L : 0L)),
                new Reading(
                    "registrar/copy_age_ms",
                    "How long ago the records were read that a standby shows; 0 of a leader.",
                    () -> copyAge(leader)),
                registrar.read(
                    "registrar/queued_operations",
                    "Operations that wait for a commit.",
                    now -> now.queued()),
                registrar.read(
                    "registrar/registry_size_bytes",
                    "The sum of the lengths of all values.",
                    now -> now.registry().sizeBytes()),
                registrar.read(
                    "registrar/records", "Records of all kinds.", now -> now.registry().size()),
                registrar.read(
                    "registrar/agents",
                    "Agents in any state.",
                    now -> now.registry().count(Agent.TYPE)),
                registrar.read(
                    "registrar/version", "The latest commit.", now -> now.registry().version()),
                registrar.read(
                    "registrar/epoch", "The epoch of this leader.", now -> now.registry().epoch()),
                failover.read(
                    "failover/recovered",
                    "Agents that the recovery found registered.",
                    FailoverStatus::recovered),
                failover.read(
                    "failover/reregistered",
                    "Recovered agents that have come back.",
                    FailoverStatus::returned),
                failover.read(
                    "failover/missing",
                    "Recovered agents that have not come back and are not given up.",
                    FailoverStatus::missing),
                failover.read(
                    "failover/limited",
                    "Missing agents that wait for their turn in the rate.",
                    FailoverStatus::limited),
                failover.read(
                    "failover/unreachable",
                    "Recovered agents that were given up.",
                    FailoverStatus::unreachable),
                failover.read(
                    "failover/refused",
                    "Registrations of agents that may not come.",
                    status -> rollCall.refused()),
                failover.read(
                    "failover/pruned",
                    "Records of agents long unreachable or gone that were pruned.",
                    status -> rollCall.pruned())));
  }

  /** Shows what the storage tells of its engine too, from now on: {@code registrar/storage/...}. */
  public void observe(Storage storage) {
    for (String name : new TreeSet<>(storage.gauges().keySet())) {
      Reading reading =
          new Reading(
              "registrar/storage/" + name,
              "What the storage tells of its engine; see its page in the documentation.",
              () -> Optional.ofNullable(storage.gauges().get(name)));
      readings.add(reading);
      bound.forEach(registry -> register(registry, reading));
    }
  }

  /** Puts each under its name, so far as it is known. */
  public void writeTo(Map<String, Number> metrics) {
    readings.forEach(
        reading -> reading.value().get().ifPresent(value -> metrics.put(reading.name(), value)));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bound.add(registry);
    readings.forEach(reading -> register(registry, reading));
  }

  private static void register(MeterRegistry registry, Reading reading) {
    Gauge.builder(
            reading.name().replace('/', '.'),
            () -> reading.value().get().map(Long::doubleValue).orElse(Double.NaN))
        .description(reading.help())
        .register(registry);
  }

  private static Optional<Long> copyAge(Leader leader) {
    return leader.registrar().isPresent()
        ? Optional.of(0L)
        : leader.standby().flatMap(Standby::copied).map(copy -> copy.age().toMillis());
  }

  private record Reading(String name, String help, Supplier<Optional<Long>> value) {}

  private record Source<S>(Supplier<Optional<S>> current) {
    Reading read(String name, String help, ToLongFunction<S> value) {
      return new Reading(name, help, () -> current.get().map(value::applyAsLong));
    }
  }
}
