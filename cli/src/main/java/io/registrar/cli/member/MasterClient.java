package io.registrar.cli.member;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.registrar.cli.CannotRunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Speaks to a master over HTTP; a standby sends it on to the leader. */
final class MasterClient {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI master;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECTS_WITHIN)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  MasterClient(URI master) {
    this.master = master;
  }

  /**
   * Asks, and answers the JSON that came back.
   *
   * @throws CannotRunException if the master is not reached, or refuses; the message is its own
   */
  JsonNode ask(String method, String path, BodyPublisher body)
      throws CannotRunException, InterruptedException {
    HttpResponse<Stream<String>> response = send(method, path, body, PATIENCE);
    try (Stream<String> lines = response.body()) {
      return read(String.join("\n", lines.toList()));
    }
  }

  /**
   * Asks for something that takes a while.
   *
   * @param waiting is told each sentence about what is waited for
   * @throws CannotRunException also if it ended in an error, or the answer broke off: then it is
   *     not known whether it was done
   */
  void askAndFollow(String method, String path, Duration most, Consumer<String> waiting)
      throws CannotRunException, InterruptedException {
    HttpResponse<Stream<String>> response =
        send(method, path, BodyPublishers.noBody(), most.plus(PATIENCE));
    try (Stream<String> lines = response.body()) {
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        JsonNode line = read(each.next());
        if (line.path("done").asBoolean()) {
          return;
        }
        if (line.has("error")) {
          throw new CannotRunException(line.get("error").asText(), null);
        }
        waiting.accept(line.path("waiting").asText());
      }
    } catch (UncheckedIOException e) {
      throw brokenOff(e);
    }
    throw brokenOff(null);
  }

  private CannotRunException brokenOff(@Nullable UncheckedIOException cause) {
    return new CannotRunException(
        "the answer of "
            + master
            + " broke off, so it is not known whether it was done; 'registrar member list' tells",
        cause);
  }

  private HttpResponse<Stream<String>> send(
      String method, String path, BodyPublisher body, Duration within)
      throws CannotRunException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(master.resolve(path)).timeout(within).method(method, body).build();
    HttpResponse<Stream<String>> response;
    try {
      response = http.send(request, BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new CannotRunException(
          "the master at "
              + master
              + " cannot be reached ("
              + e
              + "); is it running, and is --master=URL its address?",
          e);
    }
    if (response.statusCode() != 200) {
      try (Stream<String> lines = response.body()) {
        throw new CannotRunException(
            refusal(response.statusCode(), String.join("\n", lines.toList())), null);
      }
    }
    return response;
  }

  private String refusal(int status, String body) {
    try {
      JsonNode said = JSON.readTree(body).path("error");
      if (said.isTextual()) {
        return said.asText();
      }
    } catch (JsonProcessingException e) {
      return "what is at "
          + master
          + " answers "
          + status
          + ", and is no master: "
          + e.getOriginalMessage();
    }
    return "what is at " + master + " answers " + status + ", and is no master";
  }

  private JsonNode read(String text) throws CannotRunException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new CannotRunException("what is at " + master + " does not answer as a master does", e);
    }
  }
}
