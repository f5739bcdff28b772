package io.registrar.tck.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A main class that runs in a JVM of its own, with this one's class path, locale and charset, and
 * is spoken to by lines on its standard input and output. It can be killed and stopped by real
 * signals.
 *
 * <pre>{@code
 * try (ChildJvm child = ChildJvm.start(Master.class, Duration.ofSeconds(30), "--port=0")) {
 *   child.send("commit 1");
 *   child.await("committed 1");
 *   child.kill();
 * }
 * }</pre>
 *
 * <p>The deadline bounds the child's whole life: every wait fails when it has passed. {@link
 * #close} kills and reaps the child in any case, and so does the end of this JVM. A main class
 * should also end when its standard input does, for then this JVM is gone.
 *
 * <p>Driven by one thread at a time; the signals may be sent by any.
 */
public final class ChildJvm implements AutoCloseable {
  private static final Duration REAPED = Duration.ofSeconds(20);
  private static final int KEPT_ERROR_LINES = 200;

  /** What a child has in common with this JVM: how patient it is, and how it writes text. */
  private static final List<String> INHERITED =
      List.of(
          "registrar.tck.timeFactor",
          "file.encoding",
          "sun.jnu.encoding",
          "user.language",
          "user.country");

  private final String name;
  private final Process process;
  private final Deadline deadline;
  private final Writer input;
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
  private final Queue<String> errors = new ArrayDeque<>();
  private final List<Thread> readers;
  private final Thread atExit;

  private ChildJvm(String name, Process process, Deadline deadline) {
    this.name = name;
    this.process = process;
    this.deadline = deadline;
    input = process.outputWriter(StandardCharsets.UTF_8);
    readers =
        List.of(
            reader("out", process.inputReader(StandardCharsets.UTF_8), output::add),
            reader("err", process.errorReader(StandardCharsets.UTF_8), this::keepError));
    atExit = new Thread(process.toHandle()::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a main class.
   *
   * @param main a public class with a main method
   * @param life how long the child may live, times the factor of {@link Deadline}
   * @param arguments what its main method is given
   */
  public static ChildJvm start(Class<?> main, Duration life, String... arguments)
      throws IOException {
    return start(main, life, List.of(), List.of(arguments));
  }

  /**
   * Starts a main class with options for its JVM, such as {@code -Xmx64m}; otherwise as {@link
   * #start(Class, Duration, String...)}.
   */
  public static ChildJvm start(
      Class<?> main, Duration life, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    return startBy(List.of(), main, life, jvmOptions, arguments);
  }

  /**
   * Starts a main class by way of another command, such as {@code ip netns exec NAME}; otherwise as
   * {@link #start(Class, Duration, List, List)}.
   *
   * @param launcher a command that becomes the one that is appended to it, as {@code exec} does, so
   *     that signals reach the JVM
   */
  public static ChildJvm startBy(
      List<String> launcher,
      Class<?> main,
      Duration life,
      List<String> jvmOptions,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The whole machine is shared with the tests: a child that starts fast counts, not a fast one.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(
        List.of("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED"));
    for (String inherited : INHERITED) {
      String value = System.getProperty(inherited);
      if (value != null) {
        command.add("-D" + inherited + "=" + value);
      }
    }
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ChildJvm(
        main.getSimpleName(), new ProcessBuilder(command).start(), Deadline.after(life));
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Writes a line to the child's standard input; one that has died does not read it. */
  public void send(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /**
   * The next line of the child's standard output.
   *
   * @throws AssertionError if the child ended, or its deadline passed, before it wrote one; the
   *     message carries what it wrote to its standard error
   */
  public String readLine() throws InterruptedException {
    while (!deadline.hasPassed()) {
      String line = output.poll(10, TimeUnit.MILLISECONDS);
      if (line != null) {
        return line;
      }
      if (!process.isAlive() && hasReadAll() && output.isEmpty()) {
        throw new AssertionError(
            this + " ended with status " + process.exitValue() + " before its next line" + said());
      }
    }
    throw new AssertionError(this + " wrote no line before its deadline" + said());
  }

  /**
   * Reads lines until one begins so, and answers it.
   *
   * @throws AssertionError as {@link #readLine}
   */
  public String await(String beginning) throws InterruptedException {
    String line = readLine();
    while (!line.startsWith(beginning)) {
      line = readLine();
    }
    return line;
  }

  /** The lines that the child has written and nobody has read, up to now; all if it has ended. */
  public List<String> drain() {
    if (!process.isAlive()) {
      Deadline.after(REAPED).await("the output of " + this + " is read", this::hasReadAll);
    }
    List<String> lines = new ArrayList<>();
    output.drainTo(lines);
    return lines;
  }

  /** SIGKILL: the child ends at whatever instruction it is. Returns when it has been reaped. */
  public void kill() {
    // Through its handle: Process itself would close the pipe, and lose what the child had said.
    boolean sent = process.toHandle().destroyForcibly() || !process.isAlive();
    // Its own deadline may have passed, and it must be reaped all the same.
    Deadline reaped = Deadline.after(REAPED);
    while (process.isAlive()) {
      if (reaped.hasPassed()) {
        throw new AssertionError(
            this
                + " lives on after SIGKILL, in state "
                + state()
                + (sent ? "" : "; it was not sent"));
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** SIGSTOP: every thread of the child stands still. Returns when they do. */
  public void stop() throws IOException {
    signal("STOP");
    deadline.await(this + " has stopped", () -> state() == 'T');
  }

  /** SIGCONT: the child goes on where it was stopped. Returns when it does. */
  public void resume() throws IOException {
    signal("CONT");
    deadline.await(this + " goes on", () -> state() != 'T');
  }

  /** Waits until the child has ended, and answers its status; 137 after SIGKILL. */
  public int awaitExit() {
    deadline.await(this + " ends", () -> !process.isAlive());
    return process.exitValue();
  }

  /** Kills the child if it lives, and reaps it. Idempotent. */
  @Override
  public void close() {
    kill();
    Deadline.after(REAPED).await("the output of " + this + " is read", this::hasReadAll);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      return; // the hook itself ends the child
    }
  }

  /** The last lines that the child wrote to its standard error. */
  public String errorText() {
    synchronized (errors) {
      return String.join("\n", errors);
    }
  }

  @Override
  public String toString() {
    return name + " (process " + process.pid() + ")";
  }

  private String said() {
    return ", and said:\n" + errorText();
  }

  private void signal(String signal) throws IOException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid()).start();
  }

  private char state() {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return status.charAt(status.lastIndexOf(')') + 2);
    } catch (IOException e) {
      throw new FaultNotAvailable("the state of a process cannot be read from /proc here", e);
    }
  }

  private void keepError(String line) {
    synchronized (errors) {
      errors.add(line);
      if (errors.size() > KEPT_ERROR_LINES) {
        errors.remove();
      }
    }
  }

  private boolean hasReadAll() {
    return readers.stream().noneMatch(Thread::isAlive);
  }

  private Thread reader(
      String stream, BufferedReader lines, java.util.function.Consumer<String> to) {
    Thread thread =
        new Thread(
            () -> {
              try (lines) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  to.accept(line);
                }
              } catch (IOException closedByTheKill) {
                keepError(stream + " ended: " + closedByTheKill);
              }
            },
            "child-" + process.pid() + "-" + stream);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
