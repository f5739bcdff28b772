package io.registrar.example.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;

/** The master that leads, over HTTP, as its agents see it. Thread-safe. */
final class MasterClient implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MasterClient.class.getName());
  private static final byte[] NOTHING = {};
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  // Longer than a master waits for a commit, so that it is the master that gives up first.
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

  private final LeaderSearch leader;
  private final Population population;
  private final Executor askers;
  private final HttpClient http;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Set<Connection> busy = ConcurrentHashMap.newKeySet();

  /**
   * @param masters where masters are, one of which leads
   * @param askers threads that ask, each waiting for its answer: as many as requests are in flight
   */
  MasterClient(List<URI> masters, Population population, Executor askers) {
    this.population = population;
    this.askers = askers;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    this.leader = new LeaderSearch(masters, http);
  }

  /** Asks the master to bring an agent to this status; the future never fails. */
  CompletableFuture<Answer> ask(int agent, Status target) {
    return CompletableFuture.supplyAsync(() -> exchange(agent, target), askers);
  }

  private Answer exchange(int agent, Status target) {
    URI master = leader.last();
    Connection connection = idle.poll();
    if (connection == null) {
      try {
        connection = Connection.to(master, CONNECT_TIMEOUT, REQUEST_TIMEOUT);
      } catch (IOException e) {
        return new Answer.NeverSent();
      }
    }
    busy.add(connection);
    try {
      // Whoever has found another leader since has not seen this connection.
      return leader.last().equals(master) ? ask(connection, agent, target) : new Answer.NeverSent();
    } catch (IOException e) {
      // The others were opened to the same master, which is likely to have gone.
      close();
      return new Answer.Missing(e.toString());
    } finally {
      busy.remove(connection);
      if (connection.isReusable() && leader.last().equals(master)) {
        idle.push(connection);
      } else {
        close(connection);
      }
    }
  }

  private Answer ask(Connection connection, int agent, Status target) throws IOException {
    String path = "/agents/" + population.id(agent);
    return switch (target.presence()) {
      case REGISTERED -> connection.exchange("PUT", path, body(agent, target));
      case UNREACHABLE -> connection.exchange("POST", path + "/unreachable", NOTHING);
      case ABSENT -> connection.exchange("DELETE", path, NOTHING);
    };
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
   * Finds the master that leads, to ask that one from now on. If it is another than before, nothing
   * more is waited for from that one: it may be stopped, and answer never.
   *
   * @return the epoch in which it leads
   * @throws IOException if none leads, or it cannot be reached
   */
  long epoch() throws IOException, InterruptedException {
    URI before = leader.last();
    LeaderSearch.Found found = leader.find();
    if (!found.address().equals(before)) {
      close();
      busy.forEach(MasterClient::close);
    }
    return found.epoch();
  }

  /** The leader's whole registry, as JSON. */
  byte[] registry() throws IOException, InterruptedException {
    URI master = leader.find().address();
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
