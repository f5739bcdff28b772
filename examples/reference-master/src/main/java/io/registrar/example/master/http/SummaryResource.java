package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import io.registrar.record.Framework;
import io.registrar.record.Machine;
import io.registrar.record.Quota;
import io.registrar.record.Registry;
import io.registrar.record.Reservation;
import io.registrar.record.Weight;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The registry in a few numbers, at one version: {@code /state-summary}. */
final class SummaryResource implements Resource {
  private final Reads reads;

  @Inject
  SummaryResource(Reads reads) {
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/state-summary", this::show);
  }

  private void show(Context ctx) {
    Query.of(ctx, List.of());
    Registry registry = reads.registry(ctx);
    Agents agents = new Agents();
    registry.all(Agent.TYPE).forEach(agents::count);
    long down = registry.all(Machine.TYPE).filter(one -> one.mode() == Machine.Mode.DOWN).count();
    Answers.send(
        ctx,
        200,
        json -> {
          json.writeNumberField("version", registry.version());
          json.writeNumberField("epoch", registry.epoch());
          json.writeStringField("digest", registry.digest().hex());
          json.writeNumberField("records", registry.size());
          json.writeObjectFieldStart("agents");
          for (AgentState state : AgentState.values()) {
            json.writeNumberField(
                state.name().toLowerCase(Locale.ROOT), agents.byState.getOrDefault(state, 0));
          }
          json.writeNumberField("deactivated", agents.deactivated);
          json.writeNumberField("draining", agents.draining);
          json.writeEndObject();
          json.writeObjectFieldStart("machines");
          json.writeNumberField("draining", registry.count(Machine.TYPE) - down);
          json.writeNumberField("down", down);
          json.writeEndObject();
          json.writeNumberField("frameworks", registry.count(Framework.TYPE));
          json.writeNumberField("quotas", registry.count(Quota.TYPE));
          json.writeNumberField("weights", registry.count(Weight.TYPE));
          json.writeNumberField("reservations", registry.count(Reservation.TYPE));
        });
  }

  /** How many agents there are, counted in one pass: there may be very many. */
  private static final class Agents {
    final Map<AgentState, Integer> byState = new EnumMap<>(AgentState.class);
    int deactivated;
    int draining;

    void count(Agent agent) {
      byState.merge(agent.state(), 1, Integer::sum);
      deactivated += agent.deactivated() ? 1 : 0;
      draining += agent.drain().isPresent() ? 1 : 0;
    }
  }
}
