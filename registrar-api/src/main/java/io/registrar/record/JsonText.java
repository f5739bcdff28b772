package io.registrar.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.stream.Collectors;

/** How to say what is wrong with a JSON text. */
final class JsonText {
  private JsonText() {}

  /** A sentence without the source text: where in the value, and what is wrong there. */
  static String explain(JsonProcessingException e) {
    String what =
        e instanceof ValueInstantiationException && e.getCause() != null
            ? String.valueOf(e.getCause().getMessage())
            : e.getOriginalMessage();
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return mapping.getPath().stream().map(JsonText::step).collect(Collectors.joining("."))
          + ": "
          + what;
    }
    return what;
  }

  private static String step(JsonMappingException.Reference reference) {
    return reference.getFieldName() != null
        ? reference.getFieldName()
        : "[" + reference.getIndex() + "]";
  }
}
