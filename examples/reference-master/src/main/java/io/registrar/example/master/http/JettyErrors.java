package io.registrar.example.master.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The same shape of error for what fails before a resource sees it, such as a broken request. */
final class JettyErrors extends ErrorHandler {
  private static final String JSON_TYPE = "application/json";

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON_TYPE);
    // Jetty closes the connection after most of these, and a client that is not told uses it again.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    String reason = cause == null ? message : cause.getMessage();
    response.write(true, body(code, reason), callback);
  }

  private static ByteBuffer body(int status, @Nullable String message) {
    String sentence =
        status == 503
            ? "this master is stopping; ask the one that leads next"
            : "the request cannot be read ("
                + (message == null ? "status " + status : message)
                + "); check its first line, its headers and the percent-encoding of its address";
    String escaped = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(sentence));
    return ByteBuffer.wrap(("{\"error\":\"" + escaped + "\"}").getBytes(StandardCharsets.UTF_8));
  }
}
