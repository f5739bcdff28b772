package io.registrar.log.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * Every event of a run, folded into one SHA-256 (two runs of one seed must end in the same), and
 * the last few of them as text.
 */
final class Trace {
  private final MessageDigest digest;
  private final ByteBuffer head = ByteBuffer.allocate(16);
  private final Deque<String> last = new ArrayDeque<>();
  private final int kept;
  private long events;

  /** Keeps the last {@code kept} lines as text; 0 keeps none, which is faster. */
  Trace(int kept) {
    this.kept = kept;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  boolean keepsText() {
    return kept > 0;
  }

  long events() {
    return events;
  }

  void event(long time, char kind, int node, byte[] bytes) {
    events++;
    head.clear();
    head.putLong(time).putChar(kind).putShort((short) node).putInt(bytes.length);
    digest.update(head.array());
    digest.update(bytes);
  }

  void event(long time, char kind, int node, String text) {
    event(time, kind, node, text.getBytes(StandardCharsets.UTF_8));
    line(time, text);
  }

  void line(long time, String text) {
    if (kept > 0) {
      if (last.size() == kept) {
        last.removeFirst();
      }
      last.addLast(time + " " + text);
    }
  }

  List<String> lastLines() {
    return List.copyOf(last);
  }

  /** The hash so far. A trace is finished by asking for it: no event may follow. */
  String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
