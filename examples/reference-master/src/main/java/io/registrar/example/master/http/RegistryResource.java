package io.registrar.example.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.RegistrarOptions;
import io.registrar.record.RecordType;
import io.registrar.record.Registry;
import io.registrar.spi.StoredRecord;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole registry at one version, streamed: {@code /registry}. Records come by kind, each as it
 * is stored; one of a kind that this program does not know comes as its id and its bytes in base
 * 64.
 */
final class RegistryResource implements Resource {
  private static final Set<String> KNOWN =
      RegistrarOptions.BUILT_IN.stream().map(RecordType::kind).collect(Collectors.toSet());

  private final Reads reads;

  @Inject
  RegistryResource(Reads reads) {
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/registry", this::show);
  }

  private void show(Context ctx) throws IOException {
    Query.of(ctx, List.of());
    Registry registry = reads.registry(ctx);
    Answers.stream(ctx, json -> write(json, registry));
  }

  private static void write(JsonGenerator json, Registry registry) throws IOException {
    json.writeNumberField("version", registry.version());
    json.writeNumberField("epoch", registry.epoch());
    json.writeStringField("digest", registry.digest().hex());
    json.writeNumberField("count", registry.size());
    json.writeObjectFieldStart("records");
    String kind = "";
    Iterator<StoredRecord> records = registry.stored().iterator();
    while (records.hasNext()) {
      StoredRecord record = records.next();
      if (!record.key().kind().equals(kind)) {
        if (!kind.isEmpty()) {
          json.writeEndArray();
        }
        kind = record.key().kind();
        json.writeArrayFieldStart(kind);
      }
      write(json, record);
    }
    if (!kind.isEmpty()) {
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, StoredRecord record) throws IOException {
    if (KNOWN.contains(record.key().kind())) {
      Answers.writeRaw(json, record.value());
    } else {
      json.writeStartObject();
      json.writeStringField("id", record.key().id());
      json.writeBinaryField("bytes", record.value());
      json.writeEndObject();
    }
  }
}
