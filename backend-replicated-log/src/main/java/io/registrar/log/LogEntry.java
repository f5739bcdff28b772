package io.registrar.log;

import java.util.Arrays;

/**
 * An entry of the log.
 *
 * @param position its place; positions grow, but not by one: the log uses some itself
 * @param content what was appended; the caller's own
 */
@SuppressWarnings("ArrayRecordComponent")
public record LogEntry(long position, byte[] content) {
  @Override
  public boolean equals(Object other) {
    return other instanceof LogEntry that
        && position == that.position
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(position) + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "entry " + position + " of " + content.length + " bytes";
  }
}
