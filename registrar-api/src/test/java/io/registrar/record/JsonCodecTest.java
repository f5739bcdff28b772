package io.registrar.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonCodecTest {
  private static final JsonCodec<Window> WINDOWS = JsonCodec.of(Window.class);

  private record Window(
      String id, List<Machine> machines, Map<String, String> labels, Optional<String> note) {}

  private record Machine(String host, int port) {}

  @Test
  void whatIsWrittenIsReadBackAndReadableByAPerson() {
    Window window = window(new Machine("h1", 1));
    byte[] bytes = WINDOWS.encode(window, null);
    assertThat(text(bytes))
        .isEqualTo(
            "{\"id\":\"w\",\"machines\":[{\"host\":\"h1\",\"port\":1}],\"labels\":{\"a\":\"1\"}}");
    assertThat(WINDOWS.decode(bytes)).isEqualTo(window);
  }

  private record Share(double amount) {
    public boolean isNone() {
      return amount == 0;
    }
  }

  @Test
  void whatARecordOnlyTellsOfItselfIsNotWritten() {
    assertThat(text(JsonCodec.of(Share.class).encode(new Share(1), null)))
        .isEqualTo("{\"amount\":1.0}");
  }

  @Test
  void unknownFieldsAtEveryDepthSurviveARewrite() {
    byte[] newer =
        bytes(
            "{\"id\":\"w\",\"machines\":[{\"host\":\"h1\",\"port\":1,\"zone\":\"z1\"},"
                + "{\"host\":\"h2\",\"port\":2,\"zone\":{\"deep\":[1,2]}}],"
                + "\"labels\":{\"a\":\"1\"},\"cost\":{\"unit\":\"eur\"}}");
    Window read = WINDOWS.decode(newer);
    Window edited =
        new Window(
            "w",
            List.of(new Machine("h2", 2), new Machine("h9", 9), new Machine("h1", 1)),
            Map.of("b", "2"),
            Optional.of("moved"));
    JsonNode rewritten = tree(WINDOWS.encode(edited, newer));
    assertThat(rewritten.at("/cost/unit").asText()).isEqualTo("eur");
    assertThat(rewritten.at("/machines/0/zone/deep/1").asInt()).isEqualTo(2);
    assertThat(rewritten.at("/machines/1").has("zone")).isFalse();
    assertThat(rewritten.at("/machines/2/zone").asText()).isEqualTo("z1");
    assertThat(rewritten.at("/labels").has("a")).as("a known entry that was taken out").isFalse();
    assertThat(WINDOWS.decode(WINDOWS.encode(edited, newer))).isEqualTo(edited);
    assertThat(WINDOWS.decode(WINDOWS.encode(read, newer))).isEqualTo(read);
  }

  @Test
  void anElementThatIsEditedInPlaceKeepsItsUnknownFields() {
    byte[] newer =
        bytes(
            "{\"id\":\"w\",\"machines\":[{\"host\":\"h1\",\"port\":1,\"zone\":\"z1\"}],\"labels\":{}}");
    JsonNode rewritten = tree(WINDOWS.encode(window(new Machine("h1", 7)), newer));
    assertThat(rewritten.at("/machines/0/port").asInt()).isEqualTo(7);
    assertThat(rewritten.at("/machines/0/zone").asText()).isEqualTo("z1");
  }

  @Test
  void textWithNulIsRefusedWhereverItStands() {
    assertThatThrownBy(() -> WINDOWS.encode(window(new Machine("h\0", 1)), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U+0000");
    assertThatThrownBy(
            () ->
                WINDOWS.encode(
                    new Window("w", List.of(), Map.of("\0", ""), Optional.empty()), null))
        .isInstanceOf(IllegalArgumentException.class);
    Window escaped = window(new Machine("a\\u0000b", 1));
    assertThat(WINDOWS.decode(WINDOWS.encode(escaped, null))).isEqualTo(escaped);
  }

  @Test
  void allTextIsWrittenAsAPersonReadsIt() {
    Window window = window(new Machine("h\u00fc\u20ac\uD83D\uDE00", 1));
    assertThat(text(WINDOWS.encode(window, null))).contains("\"h\u00fc\u20ac\uD83D\uDE00\"");
    assertThat(WINDOWS.decode(WINDOWS.encode(window, null))).isEqualTo(window);
  }

  @Test
  void aLoneSurrogateIsRefused() {
    assertThatThrownBy(() -> WINDOWS.encode(window(new Machine("h\uD800", 1)), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFieldOfAnotherTypeIsRefusedByName() {
    assertThatThrownBy(
            () -> WINDOWS.decode(bytes("{\"id\":\"w\",\"machines\":[{\"host\":5,\"port\":1}]}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("machines.[0].host");
    assertThatThrownBy(
            () ->
                WINDOWS.decode(
                    bytes("{\"id\":\"w\",\"machines\":[{\"host\":\"h\",\"port\":\"1\"}]}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("machines.[0].port");
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String text : List.of("", "{", "null", "[]", "{} {}")) {
      assertThatThrownBy(() -> WINDOWS.decode(bytes(text)))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Window window(Machine machine) {
    return new Window("w", List.of(machine), Map.of("a", "1"), Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static JsonNode tree(byte[] bytes) {
    try {
      return new ObjectMapper().readTree(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
