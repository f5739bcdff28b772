package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * Routes about one record, such as an agent: under {@code /agents/{id}}, and under {@code
 * /agent?id=} for the ids that a path cannot carry.
 */
final class RecordRoutes {
  private final RoutesConfig routes;
  private final String singular;
  private final String prefix;

  /**
   * @param noun what the record is, in the singular
   */
  RecordRoutes(RoutesConfig routes, String noun) {
    this.routes = routes;
    this.singular = "/" + noun;
    this.prefix = "/" + noun + "s/";
  }

  /** Answers about a record. */
  @FunctionalInterface
  interface About {
    void handle(Context ctx, String id);
  }

  RecordRoutes get(About about) {
    return add(HandlerType.GET, about);
  }

  RecordRoutes put(About about) {
    return add(HandlerType.PUT, about);
  }

  RecordRoutes delete(About about) {
    return add(HandlerType.DELETE, about);
  }

  /** Something that is done to a record, by its name below the record's path. */
  RecordRoutes post(String action, About about) {
    return add(HandlerType.POST, "/" + action, about);
  }

  private RecordRoutes add(HandlerType method, About about) {
    // What a client makes of an empty id; the route with {id} does not see it.
    routes.addHttpHandler(method, prefix, ctx -> RecordId.wellFormed(""));
    return add(method, "", about);
  }

  private RecordRoutes add(HandlerType method, String below, About about) {
    Handler byPath = ctx -> about.handle(ctx, RecordId.ofPath(ctx, prefix));
    Handler byQuery = ctx -> about.handle(ctx, RecordId.ofQuery(ctx, singular));
    routes.addHttpHandler(method, prefix + "{id}" + below, byPath);
    routes.addHttpHandler(method, singular + below, byQuery);
    return this;
  }
}
