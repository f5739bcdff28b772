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
import java.util.concurrent.locks.LockSupport;

/** One agent that registers wherever it can, again and again: it finds out when writes go on. */
final class WriteProbe {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ONE_TRY = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 2_000_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int written;

  /** Milliseconds from a moment until one of these masters has acknowledged a new agent. */
  long millisUntilWritten(long since, List<URI> masters) throws InterruptedException {
    String agent = "/agents/probe-" + ++written;
    Deadline deadline = Deadline.after(PATIENCE);
    while (!deadline.hasPassed()) {
      for (URI master : masters) {
        if (isWritten(master.resolve(agent))) {
          return (System.nanoTime() - since) / 1_000_000;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("nobody writes: " + masters);
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
