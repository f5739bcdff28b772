package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.Registrar;
import io.registrar.example.master.Leader;
import io.registrar.record.Registry;
import jakarta.inject.Inject;

/** Whether the process answers ({@code /health/live}), and whether it leads ({@code /ready}). */
final class HealthResource implements Resource {
  private final Leader leader;

  @Inject
  HealthResource(Leader leader) {
    this.leader = leader;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/health/live", HealthResource::live);
    routes.get("/health/ready", this::ready);
  }

  private static void live(Context ctx) {
    Answers.send(ctx, 200, json -> json.writeStringField("status", "live"));
  }

  private void ready(Context ctx) {
    if (leader.standby().isPresent()) {
      throw new RequestException(
          503, "this master stands by; " + Redirection.PATH + " tells where the leader is");
    }
    Registrar registrar = Changes.registrar(leader);
    if (registrar.terminated().isDone()) {
      throw new RequestException(503, "this master leads no longer; ask the one that does");
    }
    Registry registry = registrar.registry();
    Answers.send(
        ctx,
        200,
        json -> {
          json.writeStringField("status", "leading");
          json.writeNumberField("epoch", registry.epoch());
          json.writeNumberField("version", registry.version());
        });
  }
}
