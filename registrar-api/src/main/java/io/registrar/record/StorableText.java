package io.registrar.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * Refuses text that would not come back, or that not every engine can show: with U+0000, or with
 * half of a surrogate pair.
 */
final class StorableText extends SimpleModule {
  private static final long serialVersionUID = 1L;

  StorableText() {
    addSerializer(
        String.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(String text, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeString(require(text));
          }
        });
    addKeySerializer(
        String.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(String text, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeFieldName(require(text));
          }
        });
  }

  /**
   * @throws IllegalArgumentException if the text cannot be stored
   */
  private static String require(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\0') {
        throw new IllegalArgumentException("text with U+0000 cannot be stored");
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw new IllegalArgumentException("text with half of a surrogate pair cannot be stored");
        }
        i++;
      }
    }
    return text;
  }
}
