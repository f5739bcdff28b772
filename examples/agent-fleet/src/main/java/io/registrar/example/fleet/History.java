package io.registrar.example.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.registrar.example.fleet.Status.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link Journal}'s file held when it was read.
 *
 * @param seed the fleet's seed
 * @param lines the whole lines after the first
 * @param bytes how much of the file the whole lines take
 */
record History(long seed, List<JsonNode> lines, long bytes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a file; a fleet may be writing to it.
   *
   * @throws IOException if it cannot be read, or is no fleet's
   */
  static History read(Path path) throws IOException {
    byte[] all = Files.readAllBytes(path);
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(all, 0, end, StandardCharsets.UTF_8).lines().toList()) {
      try {
        lines.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        throw new IOException(path + " is no fleet's file: see line " + (lines.size() + 1), e);
      }
    }
    if (lines.isEmpty() || !lines.get(0).has("fleet")) {
      throw new IOException(path + " is no fleet's file: its first line names no fleet");
    }
    return new History(lines.get(0).get("fleet").longValue(), lines.subList(1, lines.size()), end);
  }

  /** Tells a ledger all of it. */
  void tell(Ledger ledger) {
    for (JsonNode line : lines) {
      Ledger.Account account = account(line, ledger);
      if (line.has("sent")) {
        account.sent(target(line));
      } else if (line.path("answer").asText().equals("acknowledged")) {
        account.acknowledged();
      } else {
        account.failed();
      }
    }
  }

  /**
   * Tells a ledger that knows an earlier reading what may have happened since: whatever was sent
   * may be true by now, and what was true may still be.
   */
  void tellSince(History earlier, Ledger ledger) {
    for (JsonNode line : lines.subList(earlier.lines.size(), lines.size())) {
      if (line.has("sent")) {
        account(line, ledger).mayBecome(target(line));
      }
    }
  }

  private static Ledger.Account account(JsonNode line, Ledger ledger) {
    return ledger.account(line.path("agent").asInt());
  }

  private static Status target(JsonNode line) {
    return new Status(
        Presence.valueOf(line.get("sent").textValue()), line.path("generation").asInt());
  }
}
