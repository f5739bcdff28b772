package io.registrar.example.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file in which a fleet remembers: a line before each request, and one after each answer, each
 * handed to the operating system before the fleet goes on. So it survives the fleet's death at any
 * moment; a last line without its end is none.
 *
 * <p>The first line names the fleet by its seed. Not thread-safe.
 */
final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RandomAccessFile file;

  private Journal(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens a file to append to, new or of the same fleet.
   *
   * @param ledger learns what an earlier run of the fleet has written
   */
  static Journal append(Path path, long seed, Ledger ledger) throws IOException {
    long whole = 0;
    if (Files.exists(path) && Files.size(path) > 0) {
      History history = History.read(path);
      if (history.seed() != seed) {
        throw new IOException(
            path
                + " is of the fleet with --seed="
                + history.seed()
                + "; give that, or another file");
      }
      history.tell(ledger);
      whole = history.bytes();
    }
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    Journal journal = new Journal(file);
    file.setLength(whole);
    file.seek(whole);
    if (whole == 0) {
      journal.write(JSON.createObjectNode().put("fleet", seed));
    }
    return journal;
  }

  /** A request is about to be sent. */
  void sent(int agent, Status target) throws IOException {
    write(
        JSON.createObjectNode()
            .put("agent", agent)
            .put("sent", target.presence().name())
            .put("generation", target.generation()));
  }

  /** The last request of this agent was acknowledged. */
  void acknowledged(int agent) throws IOException {
    write(JSON.createObjectNode().put("agent", agent).put("answer", "acknowledged"));
  }

  /** The last request of this agent certainly had no effect. */
  void failed(int agent) throws IOException {
    write(JSON.createObjectNode().put("agent", agent).put("answer", "failed"));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void write(ObjectNode line) throws IOException {
    file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
