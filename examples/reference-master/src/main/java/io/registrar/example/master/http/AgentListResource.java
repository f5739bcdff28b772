package io.registrar.example.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import io.registrar.record.Registry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The agents in the order of their ids, a page at a time: {@code /agents?state=&after=&limit=}. */
final class AgentListResource implements Resource {
  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MOST = 10_000;

  private final Reads reads;

  @Inject
  AgentListResource(Reads reads) {
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/agents", this::list);
  }

  private void list(Context ctx) throws IOException {
    Query query = Query.of(ctx, List.of("state", "after", "limit"));
    Optional<AgentState> state = query.find("state").map(AgentListResource::state);
    Optional<String> after = query.find("after").map(RecordId::wellFormed);
    int limit = query.count("limit", MOST, DEFAULT_LIMIT);
    Registry registry = reads.registry(ctx);
    Stream<Agent> agents =
        after.map(id -> registry.after(Agent.TYPE, id)).orElseGet(() -> registry.all(Agent.TYPE));
    Iterator<Agent> matching =
        agents.filter(agent -> state.isEmpty() || agent.state() == state.get()).iterator();
    Answers.stream(ctx, json -> writePage(json, registry, matching, limit));
  }

  private static void writePage(
      JsonGenerator json, Registry registry, Iterator<Agent> agents, int limit) throws IOException {
    json.writeNumberField("version", registry.version());
    json.writeArrayFieldStart("agents");
    String last = "";
    for (int i = 0; i < limit && agents.hasNext(); i++) {
      last = agents.next().id();
      Answers.writeRaw(json, registry.records().bytes(Agent.TYPE.key(last)).orElseThrow());
    }
    json.writeEndArray();
    if (agents.hasNext()) {
      json.writeStringField("next", last);
    }
  }

  private static AgentState state(String text) {
    return Arrays.stream(AgentState.values())
        .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                RequestException.malformed(
                    "the parameter 'state' is one of registered, unreachable, gone; got '"
                        + text
                        + "'"));
  }
}
