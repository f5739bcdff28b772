package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.registrar.example.master.Leader;
import io.registrar.example.master.NotKnownException;
import io.registrar.example.master.Standby;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stands in front of the resources while this master does not lead: sends whoever wants to change
 * something, or asks what only the leader knows, to the leader with 307, so that the method and the
 * body stay; and asks them to come again while there is none. {@code /redirect} is for who only
 * wants to know where the leader is.
 */
final class Redirection {
  static final String PATH = "/redirect";
  private static final Set<HandlerType> READING =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
  private static final int TEMPORARY_REDIRECT = 307;

  private final Leader leader;

  @Inject
  Redirection(Leader leader) {
    this.leader = leader;
  }

  void install(RoutesConfig routes) {
    routes.before(this::holdBackChanges);
    routes.get(PATH, this::show);
    routes.exception(NotLeadingException.class, (e, ctx) -> redirect(ctx, target(ctx)));
  }

  /** Before the body is read and judged: that is the leader's to do. */
  private void holdBackChanges(Context ctx) {
    if (leader.standby().isPresent() && !READING.contains(ctx.method())) {
      redirect(ctx, target(ctx));
      ctx.skipRemainingHandlers();
    }
  }

  private void show(Context ctx) {
    Query.of(ctx, List.of());
    if (leader.registrar().isPresent()) {
      send(ctx, leader.registrar().get().master().address(), "/");
    } else {
      redirect(ctx, "/");
    }
  }

  private void redirect(Context ctx, String target) {
    try {
      Optional<Standby> standby = leader.standby();
      Optional<URI> there = standby.isPresent() ? standby.get().leader() : Optional.empty();
      if (there.isPresent()) {
        send(ctx, there.get().toString(), target);
      } else {
        ErrorMapper.answer(notYet(standby.isPresent()), ctx);
      }
    } catch (NotKnownException e) {
      ErrorMapper.answer(
          new RequestException(
              503, "who leads cannot be found out (" + e.getMessage() + "); try again later"),
          ctx);
    }
  }

  private static RequestException notYet(boolean elected) {
    return new RequestException(
        503,
        elected
            ? "no master leads at the moment; nothing was changed: try again later"
            : "this master does not lead yet; try again later");
  }

  private static void send(Context ctx, String address, String target) {
    String base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    ctx.header("Location", base + target);
    Answers.error(ctx, TEMPORARY_REDIRECT, "this is the leader's to answer; it is at " + address);
  }

  /** What was asked for, as it was written. */
  private static String target(Context ctx) {
    String query = ctx.req().getQueryString();
    return ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
  }
}
