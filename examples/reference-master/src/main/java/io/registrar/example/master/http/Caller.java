package io.registrar.example.master.http;

import io.javalin.http.Context;
import io.registrar.Principal;

/** Who asks. There is no authentication: the name is kept in the history as it was given. */
final class Caller {
  static final String HEADER = "X-Registrar-Principal";
  private static final Principal NOBODY_IN_PARTICULAR = new Principal("anonymous");

  private Caller() {}

  static Principal of(Context ctx) {
    String name = ctx.header(HEADER);
    if (name == null) {
      return NOBODY_IN_PARTICULAR;
    }
    try {
      return new Principal(name);
    } catch (IllegalArgumentException e) {
      throw RequestException.malformed("the header " + HEADER + ": " + e.getMessage());
    }
  }
}
