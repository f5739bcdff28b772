package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.master.RunningMaster.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongRequestsTest {
  private static RunningMaster master;

  @BeforeAll
  static void start() throws Exception {
    master = RunningMaster.inMemory();
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"hostname\":\"h\",              | is no JSON",
        "{\"hostname\":\"h\",\"port\":1} x | is no JSON",
        "[1]                               | got [1]",
        "null                              | got null",
        "{\"port\":1}                      | 'hostname' is missing",
        "{\"hostname\":\"h\"}              | 'port' is missing",
        "{\"hostname\":7,\"port\":1}       | 'hostname' is a string; got 7",
        "{\"hostname\":null,\"port\":1}    | 'hostname' is a string; got null",
        "{\"hostname\":\"\",\"port\":1}    | hostname is 1 to 255 characters",
        "{\"hostname\":\"h\",\"port\":\"1\"} | 'port' is a whole number from 1 to 65535; got \"1\"",
        "{\"hostname\":\"h\",\"port\":1.5} | got 1.5",
        "{\"hostname\":\"h\",\"port\":1e99} | got",
        "{\"hostname\":\"h\",\"port\":0}   | got 0",
        "{\"hostname\":\"h\",\"port\":65536} | got 65536",
        "{\"hostname\":\"h\",\"port\":1,\"port\":2} | Duplicate field 'port'",
        "{\"hostname\":\"h\",\"port\":1,\"rack\":2} | no field 'rack'",
        "{\"hostname\":\"h\",\"port\":1,\"attributes\":[]} | 'attributes' is an object; got []",
        "{\"hostname\":\"h\",\"port\":1,\"attributes\":{\"a\":1}} | 'attributes.a' is a string; got 1",
        "{\"hostname\":\"h\",\"port\":1,\"resources\":{\"cpus\":\"4\"}} | 'resources.cpus' is a number",
        "{\"hostname\":\"h\",\"port\":1,\"resources\":{\"cpus\":-1}} | 0 or more",
        "{\"hostname\":\"h\",\"port\":1,\"resources\":{\"cpus\":1e999}} | 0 or more",
        "{\"hostname\":\"h\\u0000\",\"port\":1} | U+0000"
      })
  void aBodyThatIsWrongIsNamedWithWhatWasExpected(String body, String says) {
    Response response = master.put("/agents/wrong", body);
    assertThat(response.error()).contains(says);
    assertThat(response.status()).isEqualTo(400);
    assertThat(master.get("/agents/wrong").status()).isEqualTo(404);
  }

  @Test
  void anEmptyBodyIsRefused() {
    assertThat(master.put("/agents/wrong", "").error()).contains("got nothing");
  }

  /**
   * Its length is enough: a client that went on to send it could lose the answer, because a server
   * that closes a connection with bytes unread resets it.
   */
  @Test
  void aBodyThatIsTooLargeIsRefused() throws IOException {
    String request =
        "PUT /agents/wrong HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + "Content-Length: 2097153\r\n\r\n";
    try (Socket socket = new Socket(master.address().getHost(), master.address().getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("2097152");
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(master.get("/nothing").status()).isEqualTo(404);
    assertThat(master.get("/agent/list").error()).contains("/agent");
    assertThat(master.get("/agents/a/b/c").status()).isEqualTo(404);
    assertThat(master.post("/agents/a/explode").status()).isEqualTo(404);
  }

  @Test
  void aMethodThatIsNotPossibleNamesThoseThatAre() {
    assertThat(master.send("/agents/a", "PATCH", AGENT).status()).isEqualTo(405);
    assertThat(master.put("/agents", AGENT).error()).contains("GET");
    assertThat(master.get("/agents/a/gone").error()).contains("POST");
    assertThat(master.delete("/registry").status()).isEqualTo(405);
  }

  @Test
  void aPrincipalThatIsTooLongIsRefused() {
    Response response =
        master.send("/agents/p", "PUT", AGENT, "X-Registrar-Principal", "x".repeat(257));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.error()).contains("X-Registrar-Principal").contains("256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET /agents/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "PUT /agents/q HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{\"hostname\""
      })
  void aRequestThatIsBrokenIsRefusedInTheSameShape(String request) throws IOException {
    try (Socket socket = new Socket(master.address().getHost(), master.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/json");
      assertThat(answer).contains("Connection: close");
      assertThat(answer).contains("{\"error\":\"");
    }
  }
}
