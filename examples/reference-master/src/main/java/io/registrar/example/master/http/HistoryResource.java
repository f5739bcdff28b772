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

/**
 * Who did what, oldest first: {@code /history}, or {@code /history?agent=ID} of one agent; with
 * {@code latest=N} only the last of it.
 */
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
    Query query = Query.of(ctx, List.of("agent", "latest"));
    Optional<String> agent = query.find("agent").map(RecordId::wellFormed);
    int latest = query.count("latest", Integer.MAX_VALUE, Integer.MAX_VALUE);
    Registry registry = reads.registry(ctx);
    List<AuditEntry> found =
        registry
            .all(AuditEntry.TYPE)
            .filter(entry -> agent.isEmpty() || isAbout(entry, agent.get()))
            .toList();
    Iterator<AuditEntry> entries =
        found.subList(Math.max(0, found.size() - latest), found.size()).iterator();
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
