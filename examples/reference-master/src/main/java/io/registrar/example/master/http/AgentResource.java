package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.Operation;
import io.registrar.example.master.RollCall;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.operation.AdmitAgent;
import io.registrar.operation.MarkAgentGone;
import io.registrar.operation.MarkAgentReachable;
import io.registrar.operation.MarkAgentUnreachable;
import io.registrar.operation.RegisterAgent;
import io.registrar.operation.RemoveAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Function;

/** One agent: that it registers, what is known of it, and what becomes of it. */
final class AgentResource implements Resource {
  private static final String NAME = "agent";

  private final Changes changes;
  private final Reads reads;
  private final RollCall rollCall;
  private final RegisterAgent.Unknown unknownAgents;

  @Inject
  AgentResource(Changes changes, Reads reads, RollCall rollCall, MasterFlags flags) {
    this.changes = changes;
    this.reads = reads;
    this.rollCall = rollCall;
    this.unknownAgents = flags.unknownAgents();
  }

  @Override
  public void install(RoutesConfig routes) {
    new RecordRoutes(routes, NAME)
        .put(this::register)
        .get(this::show)
        .delete(this::remove)
        .post("unreachable", this::unreachable)
        .post("reachable", this::reachable)
        .post("gone", this::gone)
        .post("admit", this::admit);
  }

  private void register(Context ctx, String id) {
    AgentInfo info = AgentBody.read(RequestBody.read(ctx));
    report(
        ctx,
        id,
        new RegisterAgent(id, info, unknownAgents),
        result ->
            Answer.of(
                result.welcome() == RegisterAgent.Welcome.ADMITTED ? 201 : 200,
                NAME,
                Agent.TYPE,
                result.agent()));
  }

  private void show(Context ctx, String id) {
    Answers.record(ctx, reads.registry(ctx), Agent.TYPE.key(id), NAME);
  }

  private void remove(Context ctx, String id) {
    decide(ctx, id, new RemoveAgent(id));
  }

  private void unreachable(Context ctx, String id) {
    decide(ctx, id, new MarkAgentUnreachable(id, Instant.now()));
  }

  /** With a body, the agent describes itself anew; without, it is taken back as it was. */
  private void reachable(Context ctx, String id) {
    byte[] body = RequestBody.read(ctx);
    report(
        ctx,
        id,
        body.length == 0 ? new ReturnAgent(id) : new MarkAgentReachable(id, AgentBody.read(body)),
        AgentResource::ok);
  }

  /**
   * An agent that the registry has never known is admitted, also where only known ones may come.
   */
  private void admit(Context ctx, String id) {
    report(
        ctx,
        id,
        new AdmitAgent(id, AgentBody.read(RequestBody.read(ctx))),
        agent -> Answer.of(201, NAME, Agent.TYPE, agent));
  }

  private void gone(Context ctx, String id) {
    decide(ctx, id, new MarkAgentGone(id, Instant.now()));
  }

  private <R> void report(
      Context ctx, String id, Operation<R> registration, Function<R, Answer> answer) {
    changes.performBy(
        ctx, (registrar, principal) -> rollCall.register(id, registration, principal), answer);
  }

  private void decide(Context ctx, String id, Operation<Agent> operation) {
    changes.perform(ctx, operation, outcome -> rollCall.decided(id, outcome), AgentResource::ok);
  }

  private static Answer ok(Agent agent) {
    return Answer.of(200, NAME, Agent.TYPE, agent);
  }
}
