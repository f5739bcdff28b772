package io.registrar.example.master.http;

import io.javalin.http.Context;
import java.io.IOException;

/** The body of a request, bounded whether its length was announced or not. */
final class RequestBody {
  /** More than any storage takes for one record. */
  static final int MAX_BYTES = 2 * 1024 * 1024;

  private RequestBody() {}

  static byte[] read(Context ctx) {
    if (ctx.req().getContentLengthLong() > MAX_BYTES) {
      throw tooLarge();
    }
    byte[] body;
    try {
      body = ctx.req().getInputStream().readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw RequestException.malformed("the body did not come whole: " + e.getMessage());
    }
    if (body.length > MAX_BYTES) {
      throw tooLarge();
    }
    return body;
  }

  private static RequestException tooLarge() {
    return new RequestException(
        413, "the body is larger than " + MAX_BYTES + " bytes; an agent's record is a few hundred");
  }
}
