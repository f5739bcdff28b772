package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.Outcome;
import io.registrar.example.master.RollCall;
import io.registrar.operation.StartMaintenance;
import io.registrar.operation.StopMaintenance;
import io.registrar.record.Agent;
import io.registrar.record.JsonCodec;
import io.registrar.record.Machine;
import io.registrar.record.MachineId;
import io.registrar.record.Registry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Machines in maintenance: how they stand, taken down, brought up. */
final class MachineResource implements Resource {
  private static final JsonCodec<MachineId> IDS = JsonCodec.of(MachineId.class);

  private final Changes changes;
  private final Reads reads;
  private final RollCall rollCall;

  @Inject
  MachineResource(Changes changes, Reads reads, RollCall rollCall) {
    this.changes = changes;
    this.reads = reads;
    this.rollCall = rollCall;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/maintenance/status", this::status);
    routes.post("/machine/down", this::down);
    routes.post("/machine/up", this::up);
  }

  private void status(Context ctx) throws IOException {
    Query.of(ctx, List.of());
    Registry registry = reads.registry(ctx);
    Answers.stream(
        ctx,
        json -> {
          json.writeNumberField("version", registry.version());
          for (Machine.Mode mode : Machine.Mode.values()) {
            json.writeArrayFieldStart(mode == Machine.Mode.DOWN ? "down" : "draining");
            Iterator<Machine> machines =
                registry.all(Machine.TYPE).filter(machine -> machine.mode() == mode).iterator();
            while (machines.hasNext()) {
              Answers.writeRaw(json, Machine.TYPE.codec().encode(machines.next(), null));
            }
            json.writeEndArray();
          }
        });
  }

  private void down(Context ctx) {
    changes.perform(
        ctx,
        new StartMaintenance(read(ctx)),
        this::settle,
        down ->
            answer(
                down.machines().stream().map(Machine::id).toList(),
                Optional.of(down.removed().stream().map(Agent::id).toList())));
  }

  private void settle(Outcome<StartMaintenance.Result> outcome) {
    if (outcome instanceof Outcome.Applied<StartMaintenance.Result> applied) {
      applied.result().removed().forEach(agent -> rollCall.decided(agent.id(), outcome));
    }
  }

  private void up(Context ctx) {
    changes.perform(
        ctx, new StopMaintenance(read(ctx)), machines -> answer(machines, Optional.empty()));
  }

  private static Answer answer(List<MachineId> machines, Optional<List<String>> removedAgents) {
    return new Answer(
        200,
        json -> {
          json.writeArrayFieldStart("machines");
          for (MachineId machine : machines) {
            Answers.writeRaw(json, IDS.encode(machine, null));
          }
          json.writeEndArray();
          if (removedAgents.isPresent()) {
            json.writeArrayFieldStart("removedAgents");
            for (String id : removedAgents.get()) {
              json.writeString(id);
            }
            json.writeEndArray();
          }
        });
  }

  private static List<MachineId> read(Context ctx) {
    Query.of(ctx, List.of());
    List<MachineId> machines =
        MachineBody.read(JsonBody.parse(RequestBody.read(ctx), List.of("machines")));
    if (machines.isEmpty()) {
      throw RequestException.malformed("which machines? 'machines' names one at least");
    }
    Set<MachineId> seen = new HashSet<>();
    for (MachineId machine : machines) {
      if (!seen.add(machine)) {
        throw RequestException.malformed("the machine '" + machine + "' is named twice");
      }
    }
    return machines;
  }
}
