package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.Operation;
import io.registrar.operation.AdmitFramework;
import io.registrar.operation.RemoveFramework;
import io.registrar.operation.UpdateFramework;
import io.registrar.record.Framework;
import io.registrar.record.Registry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;

/** Frameworks: one under {@code /frameworks/{id}}, all under {@code /frameworks}. */
final class FrameworkResource implements Resource {
  private static final String NAME = "framework";
  private static final List<String> FIELDS =
      List.of("name", "user", "roles", "capabilities", "failoverTimeout", "labels");

  private final Changes changes;
  private final Reads reads;

  @Inject
  FrameworkResource(Changes changes, Reads reads) {
    this.changes = changes;
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/frameworks", this::list);
    new RecordRoutes(routes, NAME).put(this::put).get(this::show).delete(this::remove);
  }

  private void put(Context ctx, String id) {
    Framework framework = read(id, RequestBody.read(ctx));
    Operation<Answer> operation =
        edit ->
            edit.get(Framework.TYPE, id).isPresent()
                ? answer(200, new UpdateFramework(framework).perform(edit))
                : answer(201, new AdmitFramework(framework).perform(edit));
    changes.perform(ctx, operation, answer -> answer);
  }

  private void show(Context ctx, String id) {
    Answers.record(ctx, reads.registry(ctx), Framework.TYPE.key(id), NAME);
  }

  private void remove(Context ctx, String id) {
    changes.perform(ctx, new RemoveFramework(id), framework -> answer(200, framework));
  }

  private void list(Context ctx) throws IOException {
    Query.of(ctx, List.of());
    Registry registry = reads.registry(ctx);
    Answers.records(ctx, registry, Framework.TYPE, "frameworks", registry.all(Framework.TYPE));
  }

  private static Answer answer(int status, Framework framework) {
    return Answer.of(status, NAME, Framework.TYPE, framework);
  }

  private static Framework read(String id, byte[] bytes) {
    JsonBody body = JsonBody.parse(bytes, FIELDS);
    return JsonBody.valid(
        () ->
            new Framework(
                id,
                body.text("name"),
                body.findText("user").orElse(""),
                body.textList("roles"),
                body.textList("capabilities"),
                body.findDuration("failoverTimeout"),
                body.texts("labels")));
  }
}
