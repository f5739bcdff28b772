package io.registrar.example.master.http;

import io.javalin.http.Context;
import io.registrar.spi.RecordKey;
import java.util.List;

/** Which record a request is about, byte by byte as the client wrote it. */
final class RecordId {
  private RecordId() {}

  /**
   * The id in a path.
   *
   * @param prefix the path before the id, such as {@code /agents/}
   */
  static String ofPath(Context ctx, String prefix) {
    // The raw request, because the router decodes leniently, and a path may be normalised.
    String rest = ctx.req().getRequestURI().substring(prefix.length());
    int slash = rest.indexOf('/');
    String id = PercentText.ofPath(slash < 0 ? rest : rest.substring(0, slash));
    if (id.indexOf('/') >= 0 || id.equals(".") || id.equals("..")) {
      throw RequestException.malformed(
          "a path cannot carry the id '"
              + id
              + "' safely; use "
              + prefix.substring(0, prefix.length() - 2)
              + "?id= with the id encoded");
    }
    return wellFormed(id);
  }

  /**
   * The id in {@code ?id=}.
   *
   * @param path the path of the request, such as {@code /agent}
   */
  static String ofQuery(Context ctx, String path) {
    return wellFormed(
        Query.of(ctx, List.of("id"))
            .find("id")
            .orElseThrow(
                () ->
                    RequestException.malformed(
                        "which " + path.substring(1) + "? give its id, as in " + path + "?id=a1")));
  }

  static String wellFormed(String id) {
    try {
      return RecordKey.requireId(id);
    } catch (IllegalArgumentException e) {
      throw RequestException.malformed(String.valueOf(e.getMessage()));
    }
  }
}
