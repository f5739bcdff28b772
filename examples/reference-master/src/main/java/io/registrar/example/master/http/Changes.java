package io.registrar.example.master.http;

import io.javalin.http.Context;
import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.example.master.Leader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has the registrar perform what a request asks for, and answers once the outcome is there. No
 * thread waits meanwhile; the answer is written by a thread of the HTTP server, because the one
 * that brings the outcome must not block.
 */
@Singleton
final class Changes {
  private final Leader leader;
  private final Executor answering;

  @Inject
  Changes(Leader leader, HttpThreads threads) {
    this.leader = leader;
    this.answering = threads.pool();
  }

  /**
   * Performs an operation for a request.
   *
   * @param answer what to answer to what the operation told
   */
  <R> void perform(Context ctx, Operation<R> operation, Function<R, Answer> answer) {
    perform(ctx, operation, outcome -> {}, answer);
  }

  /**
   * Performs an operation for a request.
   *
   * @param first is told the outcome before anyone else; it must not block
   * @param answer what to answer to what the operation told
   */
  <R> void perform(
      Context ctx, Operation<R> operation, Consumer<Outcome<R>> first, Function<R, Answer> answer) {
    performBy(
        ctx,
        (registrar, principal) ->
            registrar
                .apply(operation, principal)
                .whenComplete(
                    (outcome, failure) -> {
                      if (failure == null) {
                        first.accept(outcome);
                      }
                    }),
        answer);
  }

  /**
   * Has something performed for a request that reaches the registrar by a way of its own.
   *
   * @param answer what to answer to what the operation told
   */
  <R> void performBy(
      Context ctx,
      BiFunction<Registrar, Principal, CompletableFuture<Outcome<R>>> way,
      Function<R, Answer> answer) {
    Registrar registrar = registrar(leader);
    Principal principal = Caller.of(ctx);
    ctx.future(
        () ->
            way.apply(registrar, principal)
                .handleAsync(
                    (outcome, failure) -> {
                      answer(ctx, outcome, failure, answer);
                      return outcome;
                    },
                    answering));
  }

  /** The registrar, or the answer that there is none yet. */
  static Registrar registrar(Leader leader) {
    return leader.registrar().orElseThrow(NotLeadingException::new);
  }

  private static <R> void answer(
      Context ctx,
      @Nullable Outcome<R> outcome,
      @Nullable Throwable failure,
      Function<R, Answer> answer) {
    if (failure != null) {
      ErrorMapper.answer(failure, ctx);
    } else if (outcome instanceof Outcome.Applied<R> applied) {
      send(ctx, answer.apply(applied.result()), applied.version());
    } else if (outcome instanceof Outcome.Unchanged<R> unchanged) {
      send(ctx, answer.apply(unchanged.result()), unchanged.version());
    } else if (outcome instanceof Outcome.Refused<R> refused) {
      Answers.error(ctx, ErrorMapper.status(refused.cause()), refused.reason());
    }
  }

  private static void send(Context ctx, Answer answer, long version) {
    Answers.send(
        ctx,
        answer.status(),
        json -> {
          json.writeNumberField("version", version);
          answer.content().writeTo(json);
        });
  }
}
