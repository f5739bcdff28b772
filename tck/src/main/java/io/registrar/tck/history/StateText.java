package io.registrar.tck.history;

import io.registrar.record.Digest;
import io.registrar.spi.RecordKey;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A state as a line of words, from the process that has read it to the one that checks. */
final class StateText {
  private StateText() {}

  static String write(State state) {
    StringBuilder text = new StringBuilder();
    text.append(state.version()).append(' ').append(state.headOp()).append(' ');
    text.append(state.digest());
    state
        .records()
        .forEach(
            (key, digest) ->
                text.append(' ')
                    .append(key.kind())
                    .append('/')
                    .append(key.id())
                    .append('=')
                    .append(digest));
    state.markers().forEach((op, base) -> text.append(' ').append(op).append('=').append(base));
    return text.toString();
  }

  static State read(String text) {
    String[] words = text.split(" ");
    Map<RecordKey, Digest> records = new HashMap<>();
    TreeMap<Integer, Long> markers = new TreeMap<>();
    for (int i = 3; i < words.length; i++) {
      int slash = words[i].indexOf('/');
      int equals = words[i].indexOf('=');
      String value = words[i].substring(equals + 1);
      if (slash < 0) {
        markers.put(Integer.valueOf(words[i].substring(0, equals)), Long.valueOf(value));
      } else {
        String kind = words[i].substring(0, slash);
        String id = words[i].substring(slash + 1, equals);
        records.put(new RecordKey(kind, id), Digest.parse(value));
      }
    }
    return new State(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        records,
        Digest.parse(words[2]),
        markers);
  }
}
