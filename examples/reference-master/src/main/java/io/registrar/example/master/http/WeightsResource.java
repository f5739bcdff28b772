package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.operation.UpdateWeights;
import io.registrar.record.Registry;
import io.registrar.record.Weight;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How much roles count when resources are shared out: {@code /weights}. */
final class WeightsResource implements Resource {
  private static final String NAME = "weights";

  private final Changes changes;
  private final Reads reads;

  @Inject
  WeightsResource(Changes changes, Reads reads) {
    this.changes = changes;
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/weights", this::list);
    routes.put("/weights", this::put);
  }

  private void list(Context ctx) throws IOException {
    Query.of(ctx, List.of());
    Registry registry = reads.registry(ctx);
    Answers.records(ctx, registry, Weight.TYPE, NAME, registry.all(Weight.TYPE));
  }

  private void put(Context ctx) {
    Query.of(ctx, List.of());
    changes.perform(
        ctx,
        new UpdateWeights(read(RequestBody.read(ctx))),
        set ->
            new Answer(
                200,
                json -> {
                  json.writeArrayFieldStart(NAME);
                  for (Weight weight : set) {
                    Answers.writeRaw(json, Weight.TYPE.codec().encode(weight, null));
                  }
                  json.writeEndArray();
                }));
  }

  private static List<Weight> read(byte[] bytes) {
    List<Weight> weights =
        JsonBody.parse(bytes, List.of(NAME)).objects(NAME, List.of("role", "weight")).stream()
            .map(body -> JsonBody.valid(() -> new Weight(body.text("role"), body.number("weight"))))
            .toList();
    Set<String> roles = new HashSet<>();
    for (Weight weight : weights) {
      if (!roles.add(weight.role())) {
        throw RequestException.malformed("the role '" + weight.role() + "' is given twice");
      }
    }
    return weights;
  }
}
