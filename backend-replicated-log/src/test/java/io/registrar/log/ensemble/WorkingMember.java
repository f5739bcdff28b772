package io.registrar.log.ensemble;

import io.registrar.tck.StorageTarget;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.history.HistoryWorker;
import io.registrar.tck.history.JoinedHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A member in a process of its own, with clients that make their part of a history. What it says is
 * read all the time, by a thread of its own; everything else is driven by one thread.
 */
final class WorkingMember implements AutoCloseable {
  private static final Duration LIFE = Duration.ofHours(2);
  private static final Duration ANSWER = Duration.ofSeconds(120);

  private final int id;
  private final StorageTarget target;
  private final List<String> launcher;
  private final JoinedHistory history;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private @Nullable ChildJvm process;
  private @Nullable Thread reader;
  private volatile long since;
  private volatile OptionalLong firstSuccess = OptionalLong.empty();
  private volatile long lastCommit = Long.MIN_VALUE;
  private volatile @Nullable String broken;

  WorkingMember(int id, StorageTarget target, List<String> launcher, JoinedHistory history) {
    this.id = id;
    this.target = target;
    this.launcher = launcher;
    this.history = history;
  }

  int id() {
    return id;
  }

  StorageTarget target() {
    return target;
  }

  /** Starts the process; {@link #awaitOpen} waits until it has the log open. */
  void start() throws IOException {
    ChildJvm started =
        ChildJvm.startBy(launcher, HistoryWorker.class, LIFE, List.of(), target.toArguments());
    process = started;
    reader = new Thread(() -> read(started), "reader-of-member-" + id);
    reader.setDaemon(true);
    reader.start();
  }

  void awaitOpen() throws InterruptedException {
    answer("opened");
  }

  /** Its clients begin. */
  void work() throws IOException {
    process().send(history.nextRun());
  }

  /** Its clients end, and their last calls with them. */
  void rest() throws IOException, InterruptedException {
    process().send("rest");
    answer("rested");
  }

  /** A state that it is told to make or read: {@code settle} or {@code fence}. */
  String state(String command) throws IOException, InterruptedException {
    process().send(command);
    return answer("state").substring("state ".length());
  }

  ChildJvm process() {
    ChildJvm running = process;
    if (running == null) {
      throw new IllegalStateException("member " + id + " was not started");
    }
    return running;
  }

  /** SIGKILL; returns when all that it has said is in the history. */
  void kill() throws InterruptedException {
    process().kill();
    Thread reading = reader;
    if (reading != null) {
      reading.join(ANSWER.toMillis());
    }
    process().close();
    answers.clear();
  }

  /** From now on {@link #firstSuccess} is that of a call made after this time. */
  void lookOutSince(long then) {
    since = then;
    firstSuccess = OptionalLong.empty();
  }

  /** When the first call was answered well of those that it looks out for. */
  OptionalLong firstSuccess() {
    return firstSuccess;
  }

  /** When its last commit began that was acknowledged. */
  long lastCommit() {
    return lastCommit;
  }

  /** What it has said that the contract does not allow. */
  @Nullable String broken() {
    return broken;
  }

  private String answer(String beginning) throws InterruptedException {
    Deadline deadline = Deadline.after(ANSWER);
    while (!deadline.hasPassed() && broken == null && process().isAlive()) {
      String line = answers.poll(100, TimeUnit.MILLISECONDS);
      if (line != null) {
        if (line.startsWith(beginning)) {
          return line;
        }
        throw new AssertionError("member " + id + " said " + line + " and not " + beginning);
      }
    }
    throw new AssertionError(
        "member "
            + id
            + " did not say "
            + beginning
            + "; "
            + broken
            + "\n"
            + process().errorText());
  }

  private void read(ChildJvm from) {
    try {
      while (true) {
        take(from.readLine());
      }
    } catch (AssertionError ended) {
      from.drain().forEach(this::take);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(String line) {
    if (line.startsWith("broken")) {
      broken = line;
    } else if (line.startsWith("opened")
        || line.startsWith("rested")
        || line.startsWith("state ")) {
      answers.add(line);
    } else {
      JoinedHistory.Progress progress = history.add(line);
      boolean success = progress.kind() != JoinedHistory.Progress.Kind.NONE;
      if (success && firstSuccess.isEmpty() && progress.invoked() - since >= 0) {
        firstSuccess = OptionalLong.of(System.nanoTime());
      }
      if (progress.kind() == JoinedHistory.Progress.Kind.COMMITTED) {
        lastCommit = Math.max(lastCommit, progress.invoked());
      }
    }
  }

  @Override
  public void close() {
    ChildJvm running = process;
    if (running != null) {
      running.close();
    }
  }
}
