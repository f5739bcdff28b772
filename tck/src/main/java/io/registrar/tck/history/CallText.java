package io.registrar.tck.history;

import io.registrar.record.Digest;

/** A call as a line of words, between a process that may be killed and the one that checks it. */
final class CallText {
  private static final String END = " .";

  private CallText() {}

  static boolean isWhole(String line) {
    return line.endsWith(END);
  }

  static String write(Call call) {
    return words(call) + END;
  }

  private static String words(Call call) {
    String times = call.client() + " " + call.invoked() + " " + call.completed() + " ";
    if (call instanceof Call.Acquired acquired) {
      return "acquired " + times + acquired.epoch() + " " + write(acquired.seen());
    } else if (call instanceof Call.Read read) {
      return "read " + times + write(read.seen());
    } else if (call instanceof Call.Commit c) {
      return String.format(
          "commit %s%d %d %d %s %d", times, c.epoch(), c.op(), c.base(), c.outcome(), c.version());
    } else {
      return "failed " + times;
    }
  }

  private static String write(Call.Seen seen) {
    return seen.version() + " " + seen.records() + " " + seen.headOp();
  }

  static Call read(String line) {
    String[] w = line.split(" ");
    int client = Integer.parseInt(w[1]);
    long invoked = Long.parseLong(w[2]);
    long completed = Long.parseLong(w[3]);
    return switch (w[0]) {
      case "acquired" ->
          new Call.Acquired(client, invoked, completed, Long.parseLong(w[4]), seen(w, 5));
      case "read" -> new Call.Read(client, invoked, completed, seen(w, 4));
      case "commit" ->
          new Call.Commit(
              client,
              Long.parseLong(w[4]),
              Integer.parseInt(w[5]),
              Long.parseLong(w[6]),
              invoked,
              completed,
              Call.Outcome.valueOf(w[7]),
              Long.parseLong(w[8]));
      case "failed" -> new Call.AcquireFailed(client, invoked, completed);
      default -> throw new IllegalArgumentException("no call: " + line);
    };
  }

  private static Call.Seen seen(String[] words, int at) {
    return new Call.Seen(
        Long.parseLong(words[at]), Digest.parse(words[at + 1]), Long.parseLong(words[at + 2]));
  }
}
