package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The description of all that is served, for programs: {@code /openapi.json}. */
final class OpenApiResource implements Resource {
  static final String FILE = "/openapi.json";

  @Inject
  OpenApiResource() {}

  @Override
  public void install(RoutesConfig routes) {
    routes.get(FILE, OpenApiResource::show);
  }

  private static void show(Context ctx) throws IOException {
    ctx.contentType("application/json").result(read());
  }

  static byte[] read() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(OpenApiResource.class.getResourceAsStream(FILE), FILE)) {
      return file.readAllBytes();
    }
  }
}
