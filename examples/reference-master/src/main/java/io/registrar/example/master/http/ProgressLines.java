package io.registrar.example.master.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An answer that is sent while the work goes on: a JSON object a line ({@code
 * application/x-ndjson}). Each but the last is {@code {"waiting": "..."}}; the last is {@code
 * {"done": true}} or {@code {"error": "..."}}. Work whose client has gone is finished all the same.
 */
final class ProgressLines implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final OutputStream out;
  private final AtomicBoolean clientGone = new AtomicBoolean();

  private ProgressLines(OutputStream out) {
    this.out = out;
  }

  static ProgressLines answer(Context ctx) {
    ctx.status(200).contentType("application/x-ndjson");
    return new ProgressLines(ctx.outputStream());
  }

  void waitingFor(String sentence) {
    line(json -> json.writeStringField("waiting", sentence));
  }

  void done() {
    line(json -> json.writeBooleanField("done", true));
  }

  void failed(String sentence) {
    line(json -> json.writeStringField("error", sentence));
  }

  private synchronized void line(Answers.Content content) {
    if (clientGone.get()) {
      return;
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        json.writeStartObject();
        content.writeTo(json);
        json.writeEndObject();
      }
      bytes.write('\n');
      bytes.writeTo(out);
      out.flush();
    } catch (IOException e) {
      clientGone.set(true); // it will ask again how things stand
    }
  }

  @Override
  public void close() throws IOException {
    if (!clientGone.get()) {
      out.close();
    }
  }
}
