package io.registrar.example.master.http;

import io.registrar.record.AgentInfo;
import java.util.List;

/**
 * What an agent says of itself, from JSON: {@code {"hostname", "port", "attributes": {},
 * "resources": {}}}.
 */
final class AgentBody {
  private static final List<String> FIELDS = List.of("hostname", "port", "attributes", "resources");
  private static final int MOST_PORT = 65_535;

  private AgentBody() {}

  static AgentInfo read(byte[] bytes) {
    JsonBody body = JsonBody.parse(bytes, FIELDS);
    return JsonBody.valid(
        () ->
            new AgentInfo(
                body.text("hostname"),
                body.integer("port", 1, MOST_PORT),
                body.texts("attributes"),
                body.amounts("resources")));
  }
}
