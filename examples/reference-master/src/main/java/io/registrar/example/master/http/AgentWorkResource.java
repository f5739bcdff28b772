package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.Operation;
import io.registrar.operation.DeactivateAgent;
import io.registrar.operation.DrainAgent;
import io.registrar.operation.ReactivateAgent;
import io.registrar.record.Agent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether an agent is given work: it is drained, deactivated and reactivated. */
final class AgentWorkResource implements Resource {
  private final Changes changes;

  @Inject
  AgentWorkResource(Changes changes) {
    this.changes = changes;
  }

  @Override
  public void install(RoutesConfig routes) {
    new RecordRoutes(routes, "agent")
        .post("drain", (ctx, id) -> change(ctx, drain(id, RequestBody.read(ctx))))
        .post("drained", (ctx, id) -> change(ctx, new FinishDrain(id, Instant.now())))
        .post("deactivate", (ctx, id) -> change(ctx, new DeactivateAgent(id)))
        .post("reactivate", (ctx, id) -> change(ctx, new ReactivateAgent(id)));
  }

  private void change(Context ctx, Operation<Agent> operation) {
    changes.perform(ctx, operation, agent -> Answer.of(200, "agent", Agent.TYPE, agent));
  }

  private static DrainAgent drain(String id, byte[] bytes) {
    if (bytes.length == 0) {
      return new DrainAgent(id, Optional.empty(), DrainAgent.Then.KEEP);
    }
    JsonBody body = JsonBody.parse(bytes, List.of("maxGracePeriod", "markGone"));
    return new DrainAgent(
        id,
        body.findDuration("maxGracePeriod"),
        body.isTrue("markGone") ? DrainAgent.Then.MARK_GONE : DrainAgent.Then.KEEP);
  }
}
