package io.registrar.example.master.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A JSON object of a request, and those in it. Whatever is wrong is named: which field, what was
 * expected, what came. A field that is not known is refused.
 */
final class JsonBody {
  private final JsonNode body;
  private final String path;

  private JsonBody(JsonNode body, String path, List<String> fields) {
    this.body = body;
    this.path = path;
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!fields.contains(name)) {
                throw RequestException.malformed(
                    "there is no field '"
                        + path
                        + name
                        + "'; there are "
                        + String.join(", ", fields));
              }
            });
  }

  /**
   * Reads a body.
   *
   * @param fields the names that it may have
   */
  static JsonBody parse(byte[] bytes, List<String> fields) {
    return new JsonBody(JsonDocument.parse(bytes, fields), "", fields);
  }

  /** What is made of a body, where the record itself knows what is out of range. */
  static <T> T valid(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw RequestException.malformed(String.valueOf(e.getMessage()));
    }
  }

  String text(String field) {
    return text(path + field, required(field));
  }

  Optional<String> findText(String field) {
    return find(field).map(value -> text(path + field, value));
  }

  int integer(String field, int least, int most) {
    JsonNode value = required(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw wrong(path + field, "a whole number from " + least + " to " + most, value);
    }
    return value.intValue();
  }

  double number(String field) {
    return amount(path + field, required(field));
  }

  /** Whether a field is there and true. */
  boolean isTrue(String field) {
    Optional<JsonNode> value = find(field);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrong(path + field, "true or false", value.get());
    }
    return value.isPresent() && value.get().booleanValue();
  }

  Optional<Duration> findDuration(String field) {
    return find(field)
        .map(value -> time(field, "a duration such as PT1H30M", value, Duration::parse));
  }

  Instant instant(String field) {
    return time(field, "a time such as 2030-01-31T12:00:00Z", required(field), Instant::parse);
  }

  Map<String, String> texts(String field) {
    return map(field, JsonBody::text);
  }

  Map<String, Double> amounts(String field) {
    return map(field, JsonBody::amount);
  }

  /** A list of texts; empty if the field is absent. */
  List<String> textList(String field) {
    return find(field).map(list -> elements(field, list, JsonBody::text)).orElse(List.of());
  }

  /** A list of objects. */
  List<JsonBody> objects(String field, List<String> fields) {
    return elements(field, required(field), (name, node) -> object(name, node, fields));
  }

  /** An object in this one. */
  JsonBody object(String field, List<String> fields) {
    return object(path + field, required(field), fields);
  }

  private Optional<JsonNode> find(String field) {
    return Optional.ofNullable(body.get(field));
  }

  private JsonNode required(String field) {
    return find(field)
        .orElseThrow(
            () -> RequestException.malformed("the field '" + path + field + "' is missing"));
  }

  private <V> Map<String, V> map(String field, BiFunction<String, JsonNode, V> reader) {
    Map<String, V> values = new LinkedHashMap<>();
    Optional<JsonNode> map = find(field);
    if (map.isPresent() && !map.get().isObject()) {
      throw wrong(path + field, "an object", map.get());
    }
    map.ifPresent(
        entries ->
            entries
                .properties()
                .forEach(
                    entry ->
                        values.put(
                            entry.getKey(),
                            reader.apply(path + field + "." + entry.getKey(), entry.getValue()))));
    return values;
  }

  private <V> List<V> elements(
      String field, JsonNode list, BiFunction<String, JsonNode, V> reader) {
    if (!list.isArray()) {
      throw wrong(path + field, "a list", list);
    }
    List<V> values = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      values.add(reader.apply(path + field + "[" + i + "]", list.get(i)));
    }
    return values;
  }

  private <T> T time(String field, String form, JsonNode value, TimeReader<T> reader) {
    String text = text(path + field, value);
    try {
      return reader.read(text);
    } catch (DateTimeException e) {
      throw wrong(path + field, form, value);
    }
  }

  private static JsonBody object(String name, JsonNode value, List<String> fields) {
    if (!value.isObject()) {
      throw wrong(name, "an object with " + String.join(", ", fields), value);
    }
    return new JsonBody(value, name + ".", fields);
  }

  private static String text(String name, JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(name, "a string", value);
    }
    return value.textValue();
  }

  private static double amount(String name, JsonNode value) {
    if (!value.isNumber()) {
      throw wrong(name, "a number", value);
    }
    return value.doubleValue();
  }

  private static RequestException wrong(String name, String expected, JsonNode got) {
    return RequestException.malformed(
        "the field '" + name + "' is " + expected + "; got " + JsonDocument.shown(got));
  }

  @FunctionalInterface
  private interface TimeReader<T> {
    T read(CharSequence text);
  }
}
