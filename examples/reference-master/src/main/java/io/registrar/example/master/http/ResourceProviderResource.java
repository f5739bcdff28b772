package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.Operation;
import io.registrar.operation.AdmitResourceProvider;
import io.registrar.operation.RemoveResourceProvider;
import io.registrar.record.Registry;
import io.registrar.record.ResourceProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Resource providers: one under {@code /resource-providers/{id}}, and all. */
final class ResourceProviderResource implements Resource {
  private static final String NAME = "resource-provider";

  private final Changes changes;
  private final Reads reads;

  @Inject
  ResourceProviderResource(Changes changes, Reads reads) {
    this.changes = changes;
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/resource-providers", this::list);
    new RecordRoutes(routes, NAME).put(this::put).get(this::show).delete(this::remove);
  }

  /** Admitting one again as it is changes nothing, so that a client may repeat itself. */
  private void put(Context ctx, String id) {
    JsonBody body = JsonBody.parse(RequestBody.read(ctx), List.of("type", "name"));
    String type = body.findText("type").orElse("");
    String name = body.findText("name").orElse("");
    ResourceProvider wanted = new ResourceProvider(id, type, name, ResourceProvider.State.ADMITTED);
    Operation<Answer> operation =
        edit ->
            edit.get(ResourceProvider.TYPE, id).equals(Optional.of(wanted))
                ? answer(200, wanted)
                : answer(201, new AdmitResourceProvider(id, type, name).perform(edit));
    changes.perform(ctx, operation, answer -> answer);
  }

  private void show(Context ctx, String id) {
    Answers.record(ctx, reads.registry(ctx), ResourceProvider.TYPE.key(id), NAME);
  }

  private void remove(Context ctx, String id) {
    changes.perform(ctx, new RemoveResourceProvider(id), removed -> answer(200, removed));
  }

  private void list(Context ctx) throws IOException {
    Query.of(ctx, List.of());
    Registry registry = reads.registry(ctx);
    Answers.records(
        ctx,
        registry,
        ResourceProvider.TYPE,
        "resource-providers",
        registry.all(ResourceProvider.TYPE));
  }

  private static Answer answer(int status, ResourceProvider provider) {
    return Answer.of(status, NAME, ResourceProvider.TYPE, provider);
  }
}
