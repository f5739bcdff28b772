package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.operation.UpdateQuota;
import io.registrar.record.Quota;
import io.registrar.record.Registry;
import io.registrar.record.Roles;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What roles are guaranteed, and may have: {@code /quota}, and {@code /quota/{role}} of one. */
final class QuotaResource implements Resource {
  private static final String PREFIX = "/quota/";
  // A role may be a path of words, as in /quota/eng/build.
  private static final String ONE = PREFIX + "<role>";

  private final Changes changes;
  private final Reads reads;

  @Inject
  QuotaResource(Changes changes, Reads reads) {
    this.changes = changes;
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/quota", this::list);
    routes.put(ONE, this::put);
    routes.delete(ONE, this::remove);
  }

  private void list(Context ctx) throws IOException {
    Query.of(ctx, List.of());
    Registry registry = reads.registry(ctx);
    Answers.records(ctx, registry, Quota.TYPE, "quotas", registry.all(Quota.TYPE));
  }

  private void put(Context ctx) {
    String role = role(ctx);
    JsonBody body = JsonBody.parse(RequestBody.read(ctx), List.of("guarantees", "limits"));
    Quota quota =
        JsonBody.valid(() -> new Quota(role, body.amounts("guarantees"), body.amounts("limits")));
    if (quota.isDefault()) {
      throw RequestException.malformed(
          "a quota guarantees or limits something; DELETE takes a role's quota away");
    }
    changes.perform(ctx, new UpdateQuota(List.of(quota)), quotas -> answer(quotas.get(0)));
  }

  private void remove(Context ctx) {
    String role = role(ctx);
    Operation<Quota> operation =
        edit -> {
          Quota known =
              edit.get(Quota.TYPE, role)
                  .orElseThrow(
                      () ->
                          new Refusal(
                              Refusal.Cause.UNKNOWN, "the role '" + role + "' has no quota"));
          new UpdateQuota(List.of(new Quota(role, Map.of(), Map.of()))).perform(edit);
          return known;
        };
    changes.perform(ctx, operation, QuotaResource::answer);
  }

  private static Answer answer(Quota quota) {
    return Answer.of(200, "quota", Quota.TYPE, quota);
  }

  private static String role(Context ctx) {
    Query.of(ctx, List.of());
    String role = PercentText.ofPath(ctx.req().getRequestURI().substring(PREFIX.length()));
    return JsonBody.valid(() -> Roles.require(role));
  }
}
