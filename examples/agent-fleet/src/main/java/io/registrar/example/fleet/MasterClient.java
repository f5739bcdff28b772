package io.registrar.example.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;

/** A master over HTTP, as its agents see it. Thread-safe. */
final class MasterClient implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MasterClient.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NOTHING = {};
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  // Longer than a master waits for a commit, so that it is the master that gives up first.
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);

  private final URI master;
  private final Population population;
  private final Executor askers;
  private final HttpClient http;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  /**
   * @param askers threads that ask, each waiting for its answer: as many as requests are in flight
   */
  MasterClient(URI master, Population population, Executor askers) {
    this.master = master;
    this.population = population;
    this.askers = askers;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** Asks the master to bring an agent to this status; the future never fails. */
  CompletableFuture<Answer> ask(int agent, Status target) {
    return CompletableFuture.supplyAsync(() -> exchange(agent, target), askers);
  }

  private Answer exchange(int agent, Status target) {
    Connection connection = idle.poll();
    if (connection == null) {
      try {
        connection = Connection.to(master, CONNECT_TIMEOUT, REQUEST_TIMEOUT);
      } catch (IOException e) {
        return new Answer.NeverSent();
      }
    }
    String path = "/agents/" + population.id(agent);
    try {
      Answer answer =
          switch (target.presence()) {
            case REGISTERED -> connection.exchange("PUT", path, body(agent, target));
            case UNREACHABLE -> connection.exchange("POST", path + "/unreachable", NOTHING);
            case ABSENT -> connection.exchange("DELETE", path, NOTHING);
          };
      if (connection.isReusable()) {
        idle.push(connection);
      } else {
        connection.close();
      }
      return answer;
    } catch (IOException e) {
      // The others were opened to the same master, which is likely to have gone.
      close(connection);
      close();
      return new Answer.Missing(e.toString());
    }
  }

  /** Closes the connections that are not in use. */
  @Override
  public void close() {
    for (Connection next = idle.poll(); next != null; next = idle.poll()) {
      close(next);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection cannot be closed", e);
    }
  }

  private byte[] body(int agent, Status target) {
    return population
        .description(agent, target.generation())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The epoch in which the master leads.
   *
   * @throws IOException if it does not lead, or cannot be reached
   */
  long epoch() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(master.resolve("/health/ready")).timeout(HEALTH_TIMEOUT).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("the master says " + response.statusCode() + " " + response.body());
    }
    JsonNode epoch = JSON.readTree(response.body()).get("epoch");
    if (epoch == null) {
      throw new IOException(master + " is no master: its /health/ready tells no epoch");
    }
    return epoch.longValue();
  }

  /** The whole registry, as JSON. */
  byte[] registry() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(master.resolve("/registry")).timeout(REQUEST_TIMEOUT).build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          "the master answers /registry with "
              + response.statusCode()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /** What came back for a request. */
  sealed interface Answer {
    /** The master answered. */
    record Status(int code, String body) implements Answer {}

    /** No connection was made: the request had no effect. */
    record NeverSent() implements Answer {}

    /** The request went out and no answer came: it may have taken effect. */
    record Missing(String why) implements Answer {}
  }
}
