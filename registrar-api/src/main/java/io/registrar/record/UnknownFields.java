package io.registrar.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Carries fields that a later program wrote, and this one does not know, over into a rewritten
 * record.
 *
 * <p>A field of the previous text is unknown if writing what this program read of it leaves it out.
 * An element of an array keeps its unknown fields if what this program knows of it is unchanged,
 * wherever it has moved; else the element at its place lends them.
 */
final class UnknownFields {
  private UnknownFields() {}

  /**
   * The new text with the unknown fields of the previous one.
   *
   * @param now what this program writes now
   * @param before what stood there
   * @param knownBefore what this program would have written for {@code before}
   */
  static JsonNode keep(JsonNode now, JsonNode before, JsonNode knownBefore) {
    if (now instanceof ObjectNode fields && before.isObject() && knownBefore.isObject()) {
      keepInObject(fields, before, knownBefore);
    } else if (now instanceof ArrayNode elements && before.isArray() && knownBefore.isArray()) {
      keepInArray(elements, before, knownBefore);
    }
    return now;
  }

  private static void keepInObject(ObjectNode now, JsonNode before, JsonNode knownBefore) {
    for (Map.Entry<String, JsonNode> field : before.properties()) {
      JsonNode known = knownBefore.get(field.getKey());
      JsonNode current = now.get(field.getKey());
      if (known == null) {
        if (current == null && !field.getValue().isNull()) {
          now.set(field.getKey(), field.getValue());
        }
      } else if (current != null) {
        now.set(field.getKey(), keep(current, field.getValue(), known));
      }
    }
  }

  private static void keepInArray(ArrayNode now, JsonNode before, JsonNode knownBefore) {
    if (before.size() != knownBefore.size()) {
      return; // this program reads it as a set, or drops elements: no telling which is which
    }
    boolean[] lent = new boolean[before.size()];
    int[] source = new int[now.size()];
    for (int i = 0; i < now.size(); i++) {
      source[i] = unchanged(now.get(i), i, knownBefore, lent);
      if (source[i] >= 0) {
        lent[source[i]] = true;
      }
    }
    for (int i = 0; i < now.size(); i++) {
      int from = source[i] >= 0 ? source[i] : i < lent.length && !lent[i] ? i : -1;
      if (from >= 0) {
        now.set(i, keep(now.get(i), before.get(from), knownBefore.get(from)));
      }
    }
  }

  private static int unchanged(JsonNode element, int at, JsonNode knownBefore, boolean[] lent) {
    if (at < lent.length && !lent[at] && knownBefore.get(at).equals(element)) {
      return at;
    }
    for (int i = 0; i < lent.length; i++) {
      if (!lent[i] && knownBefore.get(i).equals(element)) {
        return i;
      }
    }
    return -1;
  }
}
