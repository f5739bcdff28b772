package io.registrar.example.master.http;

import io.registrar.record.RecordType;

/**
 * What is answered to a change that was made, or that found all as it should be.
 *
 * @param status the HTTP status
 * @param content what follows the version in the answer
 */
record Answer(int status, Answers.Content content) {
  /** A record as it is now, under its name. */
  static <V> Answer of(int status, String name, RecordType<V> type, V value) {
    return new Answer(
        status,
        json -> {
          json.writeFieldName(name);
          Answers.writeRaw(json, type.codec().encode(value, null));
        });
  }
}
