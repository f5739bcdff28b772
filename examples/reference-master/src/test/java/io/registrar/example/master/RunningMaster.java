package io.registrar.example.master;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;
import io.registrar.example.master.flag.FlagReader;
import io.registrar.example.master.flag.UsageException;
import io.registrar.spi.StorageCatalog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A master in this process, on any free port, and a client of it. */
final class RunningMaster implements AutoCloseable {
  /** What an agent may say of itself. */
  static final String AGENT =
      "{\"hostname\":\"h1\",\"port\":5051,\"attributes\":{\"rack\":\"r1\"},"
          + "\"resources\":{\"cpus\":4,\"mem\":1024.5}}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Master master;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningMaster(Master master, URI address) {
    this.master = master;
    this.address = address;
  }

  /** A master that keeps its records in memory. */
  static RunningMaster inMemory() throws CannotStartException, UsageException {
    return start(StorageCatalog.discover(), "--registry=in_memory");
  }

  /** A master over these storages, with these flags and any free port. */
  static RunningMaster start(StorageCatalog catalog, String... flags)
      throws CannotStartException, UsageException {
    String[] all =
        Stream.concat(Arrays.stream(flags), Stream.of("--port=0")).toArray(String[]::new);
    return startAt(catalog, all);
  }

  /** A master over these storages, with exactly these flags. */
  static RunningMaster startAt(StorageCatalog catalog, String... flags)
      throws CannotStartException, UsageException {
    Master master =
        Guice.createInjector(
                new MasterModule(new FlagReader(catalog).read(flags, Map.of()).orElseThrow()))
            .getInstance(Master.class);
    try {
      return new RunningMaster(master, master.start());
    } catch (CannotStartException e) {
      master.close();
      throw e;
    }
  }

  URI address() {
    return address;
  }

  /** Waits until it leads. */
  RunningMaster awaitLeads() throws Exception {
    master.leads().get(30, TimeUnit.SECONDS);
    return this;
  }

  CompletableFuture<Ending> ended() {
    return master.ended();
  }

  Response get(String path) {
    return send(path, "GET", "");
  }

  Response put(String path, String body) {
    return send(path, "PUT", body);
  }

  Response post(String path) {
    return send(path, "POST", "");
  }

  Response post(String path, String body) {
    return send(path, "POST", body);
  }

  /** The body of an answer that is no JSON. */
  HttpResponse<String> text(String path) {
    return http.sendAsync(
            HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString())
        .join();
  }

  Response delete(String path) {
    return send(path, "DELETE", "");
  }

  Response send(String path, String method, String body, String... headers) {
    return sendAsync(path, method, body, headers).join();
  }

  CompletableFuture<Response> sendAsync(
      String path, String method, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Response::of);
  }

  @Override
  public void close() {
    master.close();
  }

  /**
   * An answer.
   *
   * @param json its body, which is always JSON
   */
  record Response(int status, JsonNode json, Map<String, List<String>> headers) {
    static Response of(HttpResponse<String> response) {
      String type = response.headers().firstValue("Content-Type").orElse("none");
      if (!type.equals("application/json")) {
        throw new AssertionError("expected JSON, and got " + type + ": " + response.body());
      }
      try {
        return new Response(
            response.statusCode(), JSON.readTree(response.body()), response.headers().map());
      } catch (IOException e) {
        throw new AssertionError(response.body(), e);
      }
    }

    String error() {
      return json.path("error").asText();
    }
  }
}
