package io.registrar.example.master.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** The body of a request as one JSON object, read strictly: nothing twice, nothing after it. */
final class JsonDocument {
  private static final int MOST_SHOWN = 60;
  // The parser's word on its own source, which tells a client nothing.
  private static final Pattern PARSER_DETAIL = Pattern.compile(" \\(start marker at .*\\)");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonDocument() {}

  /**
   * Reads an object.
   *
   * @param fields what it may have, for the message
   */
  static JsonNode parse(byte[] bytes, List<String> fields) {
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw RequestException.malformed(
          "the body is no JSON: "
              + PARSER_DETAIL.matcher(e.getOriginalMessage()).replaceAll("")
              + " at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw RequestException.malformed("the body is no JSON in UTF-8: " + e.getMessage());
    }
    if (!node.isObject()) {
      throw RequestException.malformed(
          "the body is a JSON object with " + String.join(", ", fields) + "; got " + shown(node));
    }
    return node;
  }

  /** A value in a message, cut if it is long. */
  static String shown(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    String json = node.toString();
    return json.length() <= MOST_SHOWN ? json : json.substring(0, MOST_SHOWN) + "...";
  }
}
