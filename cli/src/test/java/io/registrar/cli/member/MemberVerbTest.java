package io.registrar.cli.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.registrar.cli.CannotRunException;
import io.registrar.cli.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The verb against a server that answers as a master does. */
class MemberVerbTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer leader;
  private HttpServer standby;

  @BeforeEach
  void start() throws IOException {
    leader = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    leader.createContext("/members", this::answer);
    leader.start();
    standby = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    standby.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", url(leader) + exchange.getRequestURI());
          send(exchange, 307, "{\"error\":\"elsewhere\"}");
        });
    standby.start();
  }

  @AfterEach
  void stop() {
    leader.stop(0);
    standby.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI() + body;
    asked.add(request);
    if (request.startsWith("GET")) {
      send(exchange, 200, "{\"members\":[{\"id\":3,\"role\":\"voter\",\"address\":\"h3:3\"}]}");
    } else if (request.startsWith("PUT")) {
      send(exchange, 200, "{\"flags\":\"--log_replica_id=4\"}");
    } else if (request.startsWith("POST")) {
      send(exchange, 200, "{\"waiting\":\"it is 9 behind\"}\n{\"done\":true}\n");
    } else if (request.startsWith("DELETE /members/1")) {
      send(exchange, 200, "{\"waiting\":\"nothing\"}\n");
    } else if (request.startsWith("DELETE /members/2")) {
      send(exchange, 200, "{\"error\":\"too few would stay\"}\n");
    } else {
      send(exchange, 404, "{\"error\":\"there are no members here\"}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void listsWhatTheMasterKnows() {
    assertThat(run(leader, "list")).isEqualTo(ExitStatus.OK.status());
    assertThat(out.toString()).containsPattern("(?m)^3 +voter +h3:3 +-$");
  }

  @Test
  void aStandbySendsItOnToTheLeader() {
    assertThat(run(standby, "add", "4@h4:4")).isEqualTo(ExitStatus.OK.status());
    assertThat(asked).containsExactly("PUT /members/4{\"address\":\"h4:4\"}");
    assertThat(out.toString()).contains("--log_replica_id=4", "registrar member promote 4");
  }

  @Test
  void aChangeShowsWhatItWaitsFor() {
    assertThat(run(leader, "promote", "4", "--seconds=7")).isEqualTo(ExitStatus.OK.status());
    assertThat(asked).containsExactly("POST /members/4/promote?seconds=7");
    assertThat(out.toString()).contains("it is 9 behind", "member 4 votes");
  }

  @Test
  void aRefusalIsTheMastersOwnWord() {
    assertThat(run(leader, "remove", "2")).isEqualTo(ExitStatus.CANNOT_RUN.status());
    assertThat(err.toString()).contains("too few would stay");
    assertThat(run(leader, "remove", "3")).isEqualTo(ExitStatus.CANNOT_RUN.status());
    assertThat(err.toString()).contains("there are no members here");
  }

  @Test
  void anAnswerThatBreaksOffIsNotTakenForDone() {
    assertThat(run(leader, "remove", "1")).isEqualTo(ExitStatus.CANNOT_RUN.status());
    assertThat(err.toString()).contains("broke off", "registrar member list");
    assertThat(out.toString()).doesNotContain("does not vote");
  }

  @Test
  void aMasterThatIsNotThereIsNamed() {
    leader.stop(0);
    assertThat(run(leader, "list")).isEqualTo(ExitStatus.CANNOT_RUN.status());
    assertThat(err.toString()).contains("cannot be reached", "--master=URL");
  }

  @Test
  void whatIsMalformedIsToldBack() {
    assertThat(run(leader, "add", "h4:4")).isEqualTo(ExitStatus.USAGE.status());
    assertThat(run(leader, "add", "x@h4:4")).isEqualTo(ExitStatus.USAGE.status());
    assertThat(run(leader, "promote", "0")).isEqualTo(ExitStatus.USAGE.status());
    assertThat(run(leader, "promote", "1", "--seconds=0")).isEqualTo(ExitStatus.USAGE.status());
    assertThat(run(leader)).isEqualTo(ExitStatus.USAGE.status());
    assertThat(asked).isEmpty();
  }

  private int run(HttpServer master, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--master=" + url(master));
    return new CommandLine(new MemberVerb())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              line.getErr().println(e.getMessage());
              return e instanceof CannotRunException
                  ? ExitStatus.CANNOT_RUN.status()
                  : ExitStatus.FAULT.status();
            })
        .execute(all.toArray(String[]::new));
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
