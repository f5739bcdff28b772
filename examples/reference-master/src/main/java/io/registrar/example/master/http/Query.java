package io.registrar.example.master.http;

import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters behind the {@code ?} of a request: each known, and given once. */
final class Query {
  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the parameters of a request.
   *
   * @param known the names that it may have
   */
  static Query of(Context ctx, List<String> known) {
    Map<String, String> values = new HashMap<>();
    String raw = ctx.req().getQueryString();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = PercentText.ofQuery(equals < 0 ? pair : pair.substring(0, equals));
        if (!known.contains(name)) {
          throw RequestException.malformed(
              "there is no parameter '"
                  + name
                  + "' here; "
                  + (known.isEmpty() ? "there is none" : "there is " + String.join(", ", known)));
        }
        String value = equals < 0 ? "" : PercentText.ofQuery(pair.substring(equals + 1));
        if (values.put(name, value) != null) {
          throw RequestException.malformed("the parameter '" + name + "' is given twice");
        }
      }
    }
    return new Query(values);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number from 1 to {@code most}. */
  int count(String name, int most, int otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw RequestException.malformed(notACount(name, most, text));
    }
    throw RequestException.malformed(notACount(name, most, text));
  }

  private static String notACount(String name, int most, String text) {
    return "the parameter '"
        + name
        + "' is a whole number from 1 to "
        + most
        + "; got '"
        + text
        + "'";
  }
}
