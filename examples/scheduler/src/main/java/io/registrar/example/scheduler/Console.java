package io.registrar.example.scheduler;

import io.registrar.Outcome;
import io.registrar.record.AgentInfo;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What people type, and what they are answered. */
final class Console {
  private static final AgentInfo HERE = new AgentInfo("localhost", 1, Map.of(), Map.of());
  private final Scheduler scheduler;

  Console(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Blocks until what the line asks for is durable. */
  String answer(String line) throws InterruptedException, ExecutionException {
    String[] words = line.strip().split("\\s+");
    return switch (words[0] + " " + (words.length - 1)) {
      case "worker 1" -> said(scheduler.register(words[1], HERE));
      case "next 1" -> said(scheduler.next(words[1]));
      case "done 3" -> said(scheduler.done(words[1], words[2], words[3]));
      case "jobs 0" -> scheduler.jobs().toString();
      default ->
          words[0].equals("submit") && words.length > 1
              ? said(scheduler.submit(line.strip().substring("submit ".length())))
              : "worker NAME | submit COMMAND | next NAME | done JOB NAME RESULT | jobs";
    };
  }

  private static <R> String said(CompletableFuture<Outcome<R>> coming)
      throws InterruptedException, ExecutionException {
    Outcome<R> outcome = coming.get();
    if (outcome instanceof Outcome.Applied<R> applied) {
      return "version " + applied.version() + ": " + applied.result();
    }
    if (outcome instanceof Outcome.Unchanged<R> unchanged) {
      return "as it was: " + unchanged.result();
    }
    return "refused: " + ((Outcome.Refused<R>) outcome).reason();
  }
}
