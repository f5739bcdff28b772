package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.registrar.BusyException;
import io.registrar.OutcomeUnknownException;
import io.registrar.Refusal;
import io.registrar.RegistrarEndedException;
import io.registrar.RegistrarException;
import io.registrar.UnreachableException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where what went wrong becomes a status and a sentence. */
final class ErrorMapper {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  private ErrorMapper() {}

  static void install(RoutesConfig routes) {
    routes.exception(Exception.class, ErrorMapper::answer);
    // Javalin has a mapper of its own for these, which is nearer to them than the one above.
    routes.exception(HttpResponseException.class, ErrorMapper::answer);
  }

  /** The status of an answer to what the registrar refused. */
  static int status(Refusal.Cause cause) {
    return switch (cause) {
      case UNKNOWN -> 404;
      case CONFLICT -> 409;
      case FORBIDDEN -> 403;
      case INVALID -> 400;
      case LIMIT -> 413;
    };
  }

  /** Answers a request that failed with this. */
  static void answer(Throwable problem, Context ctx) {
    if (problem instanceof CompletionException wrapper && wrapper.getCause() != null) {
      answer(wrapper.getCause(), ctx);
    } else if (problem instanceof RequestException request) {
      answer(ctx, request.status(), String.valueOf(request.getMessage()));
    } else if (problem instanceof RegistrarException failure) {
      answer(ctx, status(failure), advice(failure));
    } else if (problem instanceof HttpResponseException http) {
      answer(ctx, http.getStatus(), describe(http, ctx));
    } else {
      LOG.error("a fault while answering {} {}", ctx.method(), ctx.path(), problem);
      answer(ctx, 500, "a fault in the master: " + problem + "; its log says more");
    }
  }

  private static void answer(Context ctx, int status, String sentence) {
    if (status == 503) {
      ctx.header("Retry-After", RETRY_AFTER_SECONDS);
    }
    Answers.error(ctx, status, sentence);
  }

  private static int status(RegistrarException failure) {
    return failure instanceof OutcomeUnknownException ? 500 : 503;
  }

  private static String advice(RegistrarException failure) {
    String what = String.valueOf(failure.getMessage());
    if (failure instanceof BusyException) {
      return what + "; nothing was changed: try again later, and less often";
    }
    if (failure instanceof UnreachableException) {
      return what + "; try again later";
    }
    if (failure instanceof RegistrarEndedException) {
      return what + "; nothing was changed: ask the master that leads now";
    }
    return what + "; the master stops: once one leads again, read what holds";
  }

  private static String describe(HttpResponseException http, Context ctx) {
    String request = ctx.method() + " " + ctx.path();
    return switch (http.getStatus()) {
      case 404 ->
          "there is nothing at "
              + request
              + "; /openapi.json describes what there is, such as /agents and /agent?id=";
      case 405 ->
          request
              + " is not possible; possible here: "
              + String.join(", ", http.getDetails().values());
      default -> request + " was refused: " + http.getMessage();
    };
  }
}
