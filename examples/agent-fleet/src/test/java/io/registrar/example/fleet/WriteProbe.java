package io.registrar.example.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One agent that registers wherever it can, again and again: it finds out when writes go on. */
final class WriteProbe {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ONE_TRY = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 2_000_000;
  private static final long LOOK_SECONDS = 5;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int probes;

  /** Starts masters again that have ended. */
  @FunctionalInterface
  interface Supervisor {
    void look() throws IOException, InterruptedException;
  }

  /**
   * Milliseconds from a moment until one of these masters has acknowledged a new agent.
   *
   * @param supervisor looks after them when nobody has written for some seconds
   */
  long millisUntilWritten(long since, List<URI> masters, Supervisor supervisor)
      throws IOException, InterruptedException {
    CompletableFuture<Long> written = new CompletableFuture<>();
    String agent = "/agents/probe-" + ++probes;
    List<Thread> askers =
        masters.stream().map(master -> asker(master.resolve(agent), since, written)).toList();
    askers.forEach(Thread::start);
    try {
      return await(written, supervisor);
    } finally {
      written.cancel(false);
      for (Thread asker : askers) {
        asker.join();
      }
    }
  }

  /**
   * Each master is asked by a thread of its own: none waits for what another takes its time for.
   */
  private Thread asker(URI agent, long since, CompletableFuture<Long> written) {
    Runnable asking =
        () -> {
          try {
            while (!written.isDone()) {
              if (isWritten(agent)) {
                written.complete((System.nanoTime() - since) / 1_000_000);
              }
              LockSupport.parkNanos(PAUSE_NANOS);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    return new Thread(asking, "probe of " + agent.getAuthority());
  }

  private static long await(CompletableFuture<Long> written, Supervisor supervisor)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.after(PATIENCE);
    while (!deadline.hasPassed()) {
      try {
        return written.get(LOOK_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        supervisor.look();
      } catch (ExecutionException e) {
        throw new AssertionError("a probe failed", e);
      }
    }
    throw new AssertionError("nobody writes");
  }

  private boolean isWritten(URI agent) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(agent)
            .timeout(ONE_TRY)
            .PUT(BodyPublishers.ofString("{\"hostname\":\"probe\",\"port\":5051}"))
            .build();
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      return status == 201 || status == 200;
    } catch (IOException e) {
      return false; // it has ended, or is not there yet
    }
  }

  /** A figure of a master's storage; below 0 if it does not tell. */
  long figure(URI master, String name) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(master.resolve("/metrics/snapshot")).timeout(ONE_TRY).build();
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      JsonNode figures = JSON.readTree(answer.body());
      return figures.path("registrar/storage/" + name).asLong(-1);
    } catch (IOException e) {
      return -1;
    }
  }
}
