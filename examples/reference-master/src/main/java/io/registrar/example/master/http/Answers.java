package io.registrar.example.master.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.registrar.record.RecordType;
import io.registrar.record.Registry;
import io.registrar.spi.RecordKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/** How answers are written: JSON in UTF-8. */
final class Answers {
  private static final String JSON_TYPE = "application/json";
  private static final JsonFactory JSON = new JsonFactory();

  private Answers() {}

  /** What an answer says. */
  @FunctionalInterface
  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** Answers with one JSON object, made in memory. */
  static void send(Context ctx, int status, Content fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      write(ctx, bytes, fields);
    } catch (IOException e) {
      throw new IllegalStateException("an answer cannot be made", e);
    }
    ctx.status(status).contentType(JSON_TYPE).result(bytes.toByteArray());
  }

  /** Answers with one JSON object of any length, sent as it is made. */
  static void stream(Context ctx, Content fields) throws IOException {
    ctx.status(200).contentType(JSON_TYPE);
    write(ctx, ctx.outputStream(), fields);
  }

  /** Answers with an error: a sentence that says what was wrong and what to do. */
  static void error(Context ctx, int status, String sentence) {
    send(ctx, status, json -> json.writeStringField("error", sentence));
  }

  /** Writes a field whose value is JSON already. */
  static void writeRaw(JsonGenerator json, byte[] value) throws IOException {
    json.writeRawValue(new String(value, StandardCharsets.UTF_8));
  }

  /** Answers with one record as it is stored, or that there is none. */
  static void record(Context ctx, Registry registry, RecordKey key, String name) {
    byte[] stored =
        registry
            .records()
            .bytes(key)
            .orElseThrow(
                () ->
                    new RequestException(
                        404, "the " + name + " '" + key.id() + "' is not in the registry"));
    send(
        ctx,
        200,
        json -> {
          json.writeNumberField("version", registry.version());
          json.writeFieldName(name);
          writeRaw(json, stored);
        });
  }

  /** Answers with these records of a type as they are stored, streamed. */
  static <V> void records(
      Context ctx, Registry registry, RecordType<V> type, String name, Stream<V> values)
      throws IOException {
    stream(
        ctx,
        json -> {
          json.writeNumberField("version", registry.version());
          json.writeArrayFieldStart(name);
          for (Iterator<V> each = values.iterator(); each.hasNext(); ) {
            writeRaw(json, registry.records().bytes(type.keyOf(each.next())).orElseThrow());
          }
          json.writeEndArray();
        });
  }

  private static void write(Context ctx, OutputStream out, Content fields) throws IOException {
    Optional<Duration> age = Reads.age(ctx);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      if (age.isPresent()) {
        json.writeNumberField("ageMillis", age.get().toMillis());
      }
      fields.writeTo(json);
      json.writeEndObject();
    }
  }
}
