package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.example.master.RollCall;
import io.registrar.failover.FailoverStatus;
import jakarta.inject.Inject;
import java.util.List;

/** Which agents have come back since this master leads, in numbers: {@code /failover}. */
final class FailoverResource implements Resource {
  private final RollCall rollCall;

  @Inject
  FailoverResource(RollCall rollCall) {
    this.rollCall = rollCall;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/failover", this::show);
  }

  private void show(Context ctx) {
    Query.of(ctx, List.of());
    FailoverStatus status = rollCall.status().orElseThrow(NotLeadingException::new);
    Answers.send(
        ctx,
        200,
        json -> {
          json.writeNumberField("recovered", status.recovered());
          json.writeNumberField("reregistered", status.returned());
          json.writeNumberField("missing", status.missing());
          json.writeNumberField("limited", status.limited());
          json.writeNumberField("unreachable", status.unreachable());
          json.writeNumberField("refused", rollCall.refused());
          json.writeNumberField("pruned", rollCall.pruned());
          json.writeBooleanField("stopped", status.stopped());
        });
  }
}
