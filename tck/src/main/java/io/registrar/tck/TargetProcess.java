package io.registrar.tck;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.registrar.spi.Candidate;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Leadership;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process that does to a registry what it is told, line by line: {@code open}, {@code acquire},
 * {@code commit N}, {@code stream N} (N, N+1, ... until one fails), {@code hold N} (the same, and
 * no new acquire after an unknown outcome), {@code race N COUNT} (acquire before each of N, N+2,
 * ..., and again where another was faster), {@code follow N} (stream, and tell what is told of
 * changes instead of what is acknowledged), {@code confirm}, {@code campaign}, {@code read}, {@code
 * close}. Each call is answered by a line, a failed one by {@code failed}, the exception's simple
 * name and its message. Ends when its input does.
 */
public final class TargetProcess {
  /** How many shared records its batches write. */
  static final int SHARED_RECORDS = 20;

  private static final long LONGEST_STEP_ASIDE_MILLIS = 1024;

  private final Markers markers = new Markers(SHARED_RECORDS);
  private final StorageTarget target;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private @Nullable SteadyStorage storage;
  private @Nullable SteadySession session;

  private TargetProcess(StorageTarget target) {
    this.target = target;
  }

  /**
   * Speaks for one registry.
   *
   * @param arguments a target, as {@link StorageTarget} writes it
   */
  public static void main(String[] arguments) throws Exception {
    TargetProcess process = new TargetProcess(StorageTarget.fromArguments(List.of(arguments)));
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      process.obey(line.split(" "));
    }
    // Whoever told it what to do has gone: nothing that is left may keep the process alive.
    Runtime.getRuntime().halt(0);
  }

  private void obey(String[] command) throws IOException {
    try {
      switch (command[0]) {
        case "open" -> open();
        case "acquire" -> acquire();
        case "commit" -> commit(Integer.parseInt(command[1]));
        case "stream" -> stream(Integer.parseInt(command[1]));
        case "hold" -> hold(Integer.parseInt(command[1]));
        case "follow" -> follow(Integer.parseInt(command[1]));
        case "race" -> race(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
        case "confirm" -> confirm();
        case "read" -> read();
        case "campaign" -> campaign();
        case "close" -> close();
        default -> throw new IllegalArgumentException("no command: " + command[0]);
      }
    } catch (StorageException | RuntimeException | AssertionError e) {
      out.println("failed " + e.getClass().getSimpleName() + " " + oneLine(e));
    }
  }

  private void open() throws StorageException {
    storage = target.openSteadily();
    out.println("opened");
  }

  private void acquire() throws StorageException {
    SteadySession taken = opened().acquire("child", Floor.NONE, RegistryUnderTest.timeout());
    session = taken;
    int last = markers.last(RegistryState.drain(taken.snapshot()), "a child's acquire");
    out.println("acquired " + taken.epoch() + " " + taken.snapshot().version() + " " + last);
  }

  private void commit(int n) throws StorageException {
    long version = RegistryUnderTest.commit(held(), markers.batch(n));
    out.println("committed " + n + " " + version);
  }

  private void stream(int first) throws StorageException {
    for (int n = first; ; n++) {
      commit(n);
    }
  }

  private void hold(int first) throws StorageException {
    StorageSession bare = held().bare();
    for (int n = first; ; n++) {
      long version = RegistryUnderTest.commit(bare, markers.batch(n));
      out.println("committed " + n + " " + version);
    }
  }

  private void follow(int first) throws StorageException {
    StorageSession session = held();
    ChangeFeed feed = opened().changes(session.snapshot().version());
    try (Workers workers = new Workers()) {
      Future<Void> committing =
          workers.start(
              () -> {
                for (int n = first; ; n++) {
                  RegistryUnderTest.commit(session, markers.batch(n));
                }
              });
      while (!committing.isDone()) {
        ChangeEvent told = feed.next(RegistryUnderTest.timeout());
        if (told instanceof ChangeEvent.Committed commit) {
          out.println("told " + new String(commit.batch().header().bytes(), US_ASCII));
        } else if (told instanceof ChangeEvent.StartFromSnapshot) {
          feed.close();
          feed = opened().changes(RegistryUnderTest.read(opened()).version());
        }
      }
    } finally {
      feed.close();
    }
    throw new IllegalStateException("the commits beside the feed have ended");
  }

  private void race(int first, int count) throws StorageException {
    for (int n = first; n < first + 2 * count; n += 2) {
      for (long longest = 1;
          !raced(n);
          longest = Math.min(LONGEST_STEP_ASIDE_MILLIS, 2 * longest)) {
        out.println("overtaken " + n);
        stepAside(longest);
      }
    }
    out.println("arrived");
  }

  /**
   * Lets the other through. Two that acquire anew at once, again and again, can fence each other
   * before either commits, for as long as they keep step: rule 3.4 promises one session that is
   * left alive, and not that it is left alone. An election keeps masters from that, chance does
   * here.
   */
  private static void stepAside(long longestMillis) {
    long nanos = ThreadLocalRandom.current().nextLong(longestMillis * 1_000_000);
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private boolean raced(int n) throws StorageException {
    try (StorageSession taken =
        opened().acquire("child", Floor.NONE, RegistryUnderTest.timeout())) {
      markers.last(RegistryState.drain(taken.snapshot()), "a child's acquire");
      long fence = taken.snapshot().version();
      long version = RegistryUnderTest.commit(taken, markers.batch(n));
      if (version != fence + 1) {
        throw new AssertionError("version " + version + " follows the fence at " + fence);
      }
      out.println("committed " + n + " " + version);
      return true;
    } catch (FencedException overtaken) {
      return false;
    }
  }

  private void confirm() throws StorageException {
    held().confirm(RegistryUnderTest.timeout());
    out.println("confirmed");
  }

  private void read() throws StorageException {
    RegistryState state = RegistryUnderTest.read(opened());
    out.println("state " + state.version() + " " + markers.last(state, "a child's read"));
  }

  /** Leads until it is killed: what it has won is renewed by the storage, and never resigned. */
  private void campaign() throws StorageException {
    Candidate candidate = new Candidate("child", "http://127.0.0.1:1");
    Optional<Leadership> won = opened().election().campaign(candidate, RegistryUnderTest.timeout());
    out.println(won.isPresent() ? "leads" : "does not lead");
  }

  private void close() {
    opened().close();
    out.println("closed");
  }

  private SteadyStorage opened() {
    if (storage == null) {
      throw new IllegalStateException("not opened yet");
    }
    return storage;
  }

  private SteadySession held() {
    if (session == null) {
      throw new IllegalStateException("not acquired yet");
    }
    return session;
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e.getMessage()).replace('\n', ' ');
  }
}
