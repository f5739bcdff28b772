package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/**
 * A page for people that shows the registry live: {@code /}. It is one file that fetches nothing
 * but this master's own answers.
 */
final class PageResource implements Resource {
  private static final String FILE = "/page.html";
  private static final String OWN_ANSWERS_ALONE =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " connect-src 'self'; img-src data:";

  @Inject
  PageResource() {}

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/", PageResource::show);
  }

  private static void show(Context ctx) throws IOException {
    Query.of(ctx, List.of());
    try (InputStream file =
        Objects.requireNonNull(PageResource.class.getResourceAsStream(FILE), FILE)) {
      ctx.contentType("text/html; charset=utf-8")
          .header("Content-Security-Policy", OWN_ANSWERS_ALONE)
          .header("Cache-Control", "no-cache")
          .result(file.readAllBytes());
    }
  }
}
