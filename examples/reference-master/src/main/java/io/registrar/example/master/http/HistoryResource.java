package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.record.Agent;
import io.registrar.record.AuditEntry;
import io.registrar.record.Registry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Who did what, oldest first: {@code /history}, or {@code /history?agent=ID} of one agent. */
final class HistoryResource implements Resource {
  private final Reads reads;

  @Inject
  HistoryResource(Reads reads) {
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/history", this::show);
  }

  private void show(Context ctx) throws IOException {
    Optional<String> agent =
        Query.of(ctx, List.of("agent")).find("agent").map(RecordId::wellFormed);
    Registry registry = reads.registry(ctx);
    Iterator<AuditEntry> entries =
        registry
            .all(AuditEntry.TYPE)
            .filter(entry -> agent.isEmpty() || isAbout(entry, agent.get()))
            .iterator();
    Answers.stream(
        ctx,
        json -> {
          json.writeNumberField("version", registry.version());
          json.writeArrayFieldStart("entries");
          while (entries.hasNext()) {
            Answers.writeRaw(json, AuditEntry.TYPE.codec().encode(entries.next(), null));
          }
          json.writeEndArray();
        });
  }

  private static boolean isAbout(AuditEntry entry, String agent) {
    return entry.concerns(Agent.TYPE, agent);
  }
}
