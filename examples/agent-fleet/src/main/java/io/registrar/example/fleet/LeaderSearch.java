package io.registrar.example.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the master that leads: the last one that did, one of those given, or the one to which they
 * redirect. A master that leads in an earlier epoch than was seen has been deposed, and does not
 * know it yet.
 *
 * <p>Used by one thread; {@link #last} may be read by any.
 */
final class LeaderSearch {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final List<URI> given;
  private final HttpClient http;
  private long highest = Long.MIN_VALUE;
  private volatile URI last;

  /**
   * @param given one master or more
   */
  LeaderSearch(List<URI> given, HttpClient http) {
    this.given = List.copyOf(given);
    this.http = http;
    this.last = given.get(0);
  }

  /**
   * A master that leads.
   *
   * @param address where it is
   * @param epoch in which it leads
   */
  record Found(URI address, long epoch) {}

  /** Where the leader was found last; before that, the first of those given. */
  URI last() {
    return last;
  }

  /**
   * Looks for the leader.
   *
   * @throws IOException if there is none, or it cannot be reached; what the first one asked said
   */
  Found find() throws IOException, InterruptedException {
    Set<URI> all = new LinkedHashSet<>();
    all.add(last);
    all.addAll(given);
    IOException first = null;
    for (URI master : all) {
      try {
        Found found = ask(master);
        highest = found.epoch();
        last = found.address();
        return found;
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IOException("no master was given") : first;
  }

  private Found ask(URI master) throws IOException, InterruptedException {
    HttpResponse<String> ready = get(master.resolve("/health/ready"));
    if (ready.statusCode() == 200) {
      return found(master, ready.body());
    }
    Optional<URI> leader = redirected(master);
    if (leader.isPresent() && !leader.get().equals(master)) {
      HttpResponse<String> there = get(leader.get().resolve("/health/ready"));
      if (there.statusCode() == 200) {
        return found(leader.get(), there.body());
      }
    }
    throw new IOException("the master says " + ready.statusCode() + " " + ready.body());
  }

  private Found found(URI master, String health) throws IOException {
    JsonNode epoch = JSON.readTree(health).get("epoch");
    if (epoch == null) {
      throw new IOException(master + " is no master: its /health/ready tells no epoch");
    }
    if (epoch.longValue() < highest) {
      throw new IOException(
          master + " leads in epoch " + epoch + ", and epoch " + highest + " was seen");
    }
    return new Found(master, epoch.longValue());
  }

  /** Where a master says that the leader is, if it does; without the path. */
  private Optional<URI> redirected(URI master) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(master.resolve("/redirect"));
    Optional<String> location = answer.headers().firstValue("Location");
    if (answer.statusCode() != 307 || location.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(master.resolve(location.get()).resolve("/"));
    } catch (IllegalArgumentException e) {
      throw new IOException(master + " redirects to '" + location.get() + "', which is no URL", e);
    }
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
  }
}
