package io.registrar.leveldb;

import static io.registrar.leveldb.TestStores.SOON;
import static io.registrar.leveldb.TestStores.put;

import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Programs that tests run in a process of their own, to be killed, or to die if a guard is missing.
 * Each takes a work directory, says what happens in lines, and does what lines tell it.
 */
final class ChildPrograms {
  private ChildPrograms() {}

  /** A running child; closing kills it. */
  record Child(Process process, BufferedReader says) implements AutoCloseable {
    static Child start(String program, Path work, String... more) throws IOException {
      return start(Map.of(), program, work, more);
    }

    static Child start(Map<String, String> environment, String program, Path work, String... more)
        throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx128m", "-XX:-CreateCoredumpOnCrash", "-cp"));
      command.add(System.getProperty("java.class.path"));
      command.addAll(List.of(ChildPrograms.class.getName(), program, work.toString()));
      command.addAll(List.of(more));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).directory(work.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      return new Child(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    /** Its next line that begins so; fails if it ends before. */
    String await(String prefix) throws IOException {
      StringBuilder before = new StringBuilder();
      for (String line = says.readLine(); line != null; line = says.readLine()) {
        if (line.startsWith(prefix)) {
          return line;
        }
        before.append(line).append('\n');
      }
      throw new AssertionError("the child ended before it said '" + prefix + "': " + before);
    }

    /** Kills it once this number is acknowledged; answers the last number that was. */
    int killAfter(int number) throws IOException {
      int acknowledged = -1;
      while (acknowledged < number) {
        acknowledged = Integer.parseInt(await("acknowledged").split(" ")[1]);
      }
      kill();
      for (String line = says.readLine(); line != null; line = says.readLine()) {
        if (line.startsWith("acknowledged")) {
          acknowledged = Integer.parseInt(line.split(" ")[1]);
        }
      }
      return acknowledged;
    }

    void tell(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    /** Kills it with SIGKILL; what it said before can still be read. */
    void kill() {
      process.toHandle().destroyForcibly();
      process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
      kill();
      process.destroy();
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    switch (arguments[0]) {
      case "hold" -> hold(work, out);
      case "open" -> open(work, out);
      case "read" -> TestStores.contents(work).keySet().forEach(id -> out.println("record " + id));
      case "write" -> {
        int first = Integer.parseInt(arguments[2]);
        int end = arguments.length > 4 ? Integer.parseInt(arguments[4]) : Integer.MAX_VALUE;
        write(work, out, IntStream.range(first, end), Integer.parseInt(arguments[3]));
      }
      case "fill" -> fill(work, out);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Keeps a store open until it is killed. */
  private static void hold(Path work, PrintStream out) throws Exception {
    try (Storage storage = TestStores.open(work)) {
      out.println("open " + ProcessHandle.current().pid() + " " + storage.capabilities());
      System.in.read();
    }
  }

  private static void open(Path work, PrintStream out) {
    try (Storage storage = TestStores.open(work)) {
      out.println("open " + storage.capabilities());
    } catch (StorageException e) {
      out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** What is written under a number: the number, and so many characters more. */
  static String value(int number, int padding) {
    return "value of " + number + ".".repeat(padding);
  }

  /** Commits numbered records, and says each that is acknowledged. */
  private static void write(Path work, PrintStream out, IntStream numbers, int padding)
      throws Exception {
    try (Storage storage = TestStores.open(work);
        StorageSession session = TestStores.acquire(storage)) {
      for (PrimitiveIterator.OfInt number = numbers.iterator(); number.hasNext(); ) {
        int next = number.nextInt();
        session.commit(put("n" + next, value(next, padding)), SOON);
        out.println("acknowledged " + next);
      }
    }
  }

  /** Commits until there is no room, says so, waits for a line, and goes on; till told to end. */
  private static void fill(Path work, PrintStream out) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String value = "v".repeat(10_000);
    try (Storage storage = TestStores.open(work);
        StorageSession session = TestStores.acquire(storage)) {
      int number = 0;
      do {
        number = commitUntilFull(session, number, value, out);
        out.println("full after " + number);
        out.println("still reads " + TestStores.drain(storage.read(SOON)).size());
      } while ("again".equals(in.readLine()));
      out.println("committed " + number);
    }
  }

  private static int commitUntilFull(
      StorageSession session, int from, String value, PrintStream out) throws StorageException {
    // Bounded: a guard that never refuses ends the process before.
    for (int number = from; number < 100_000; number++) {
      try {
        session.commit(put("n" + number % 5_000, value + number), SOON);
      } catch (UnavailableException e) {
        out.println("refused: " + e.getMessage());
        return number;
      } catch (CommitUnknownException e) {
        throw new UncheckedIOException(new IOException("unknown instead of refused", e));
      }
    }
    throw new IllegalStateException("never full");
  }
}
