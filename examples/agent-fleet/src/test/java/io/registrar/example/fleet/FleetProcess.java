package io.registrar.example.fleet;

import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fleet at work in a process of its own, until it is closed; its journal outlives it. */
final class FleetProcess implements AutoCloseable {
  private final ChildJvm process;
  private final Program program;
  private final Path file;
  private final StringBuilder line = new StringBuilder();
  private @Nullable BufferedReader journal;
  private long acknowledged;

  private FleetProcess(ChildJvm process, Program program, Path file) {
    this.process = process;
    this.program = program;
    this.file = file;
  }

  static FleetProcess start(List<URI> masters, int agents, Path file) throws IOException {
    ChildJvm process =
        ChildJvm.start(
            Main.class,
            Duration.ofMinutes(25),
            "--master=" + masters.stream().map(URI::toString).collect(Collectors.joining(",")),
            "--agents=" + agents,
            "--churn=2000000000",
            "--patience=3mins",
            "--file=" + file);
    return new FleetProcess(process, new Program(masters, file), file);
  }

  /** Waits until this many more requests have been acknowledged. */
  void awaitAcknowledged(int more) {
    long least = acknowledged() + more;
    Deadline.after(Duration.ofMinutes(2))
        .await(
            more + " more requests are acknowledged; the fleet says " + process.errorText(),
            () -> acknowledged() >= least || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("the fleet has ended: " + process.errorText());
    }
  }

  /** How many requests have been acknowledged; reads what was written since the last call. */
  long acknowledged() {
    try {
      if (journal == null && Files.exists(file)) {
        journal = Files.newBufferedReader(file);
      }
      for (int next = journal == null ? -1 : journal.read(); next >= 0; next = journal.read()) {
        if (next != '\n') {
          line.append((char) next);
          continue;
        }
        acknowledged += line.indexOf("acknowledged") >= 0 ? 1 : 0;
        line.setLength(0);
      }
      return acknowledged;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compares the leader's records with the journal while the fleet stands still, so that all is
   * certain but what was in flight; and asks whether every answer so far could be.
   */
  Findings check() throws IOException, InterruptedException {
    process.stop();
    try {
      if (process.errorText().contains("answers that cannot be")) {
        throw new AssertionError("a master broke its word: " + process.errorText());
      }
      return program.check();
    } finally {
      process.resume();
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
    if (journal != null) {
      journal.close();
    }
  }
}
