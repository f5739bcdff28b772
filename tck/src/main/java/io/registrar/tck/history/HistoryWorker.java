package io.registrar.tck.history;

import io.registrar.spi.Batch;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.fault.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that makes its part of a history, while somebody else does harm to it and to its
 * fellows, and is told line by line what to do ({@link JoinedHistory}):
 *
 * <ul>
 *   <li>{@code run SEED FIRST-BATCH FIRST-CLIENT MILLIS}: clients begin, each call with that
 *       timeout, and each is told as it begins and ends
 *   <li>{@code rest}: they end; answered by {@code rested}
 *   <li>{@code settle}: the batches' markers are deleted; answered by {@code state} and the state
 *   <li>{@code fence}: acquires; answered by {@code state} and the state at the fence
 * </ul>
 *
 * <p>Says {@code opened} when its storage is, and {@code broken} with the reason when a call ended
 * in what the contract does not allow. Ends when its input does.
 */
public final class HistoryWorker {
  static final int CLIENTS = 2;

  /** Several processes compete, and a session is to live for some commits. */
  private static final int ACQUIRE_ONE_IN = 500;

  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Storage storage;
  private final PrintStream out;
  private AtomicInteger callsLeft = new AtomicInteger();
  private CountDownLatch clients = new CountDownLatch(0);

  private HistoryWorker(Storage storage, PrintStream out) {
    this.storage = storage;
    this.out = out;
  }

  /**
   * Works until its input ends.
   *
   * @param arguments a target, as {@link StorageTarget} writes it
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    HistoryWorker worker =
        new HistoryWorker(StorageTarget.fromArguments(List.of(arguments)).open(), out);
    out.println("opened");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      worker.obey(line.split(" "));
    }
    Runtime.getRuntime().halt(0);
  }

  private void obey(String[] words) throws IOException, InterruptedException {
    switch (words[0]) {
      case "run" ->
          run(
              Long.parseLong(words[1]),
              new AtomicInteger(Integer.parseInt(words[2])),
              Integer.parseInt(words[3]),
              Duration.ofMillis(Long.parseLong(words[4])));
      case "rest" -> {
        callsLeft.set(0);
        clients.await();
        out.println("rested");
      }
      case "settle" -> patiently(this::settle);
      case "fence" -> patiently(this::fence);
      default -> throw new IllegalArgumentException("no command: " + words[0]);
    }
  }

  private void run(long seed, AtomicInteger operations, int firstClient, Duration timeout) {
    callsLeft = new AtomicInteger(Integer.MAX_VALUE);
    clients = new CountDownLatch(CLIENTS);
    Workload workload =
        new Workload(callsLeft, operations, Recorder.onto(out), timeout, ACQUIRE_ONE_IN);
    CountDownLatch ended = clients;
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client(firstClient + i, storage, new Random(seed * 31 + i), workload);
      Thread thread = new Thread(() -> work(client, ended), "tck-client-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void work(Client client, CountDownLatch ended) {
    try {
      client.call();
    } catch (StorageException | RuntimeException | AssertionError e) {
      out.println("broken " + String.valueOf(e).replace('\n', ' '));
    } finally {
      ended.countDown();
    }
  }

  /** What a patient caller repeats until it succeeds. */
  private interface Step {
    State take() throws StorageException;
  }

  private void patiently(Step step) {
    Deadline deadline = Deadline.after(PATIENCE);
    while (true) {
      try {
        out.println("state " + StateText.write(step.take()));
        return;
      } catch (StorageException e) {
        if (deadline.hasPassed()) {
          out.println("broken " + String.valueOf(e).replace('\n', ' '));
          return;
        }
      }
    }
  }

  private State settle() throws StorageException {
    try (StorageSession session = storage.acquire("tck", Floor.NONE, Deadline.scaled(CALL))) {
      State old = State.of(session.snapshot());
      Batch.Builder batch = Batch.of(Header.of(Operation.text(0))).delete(Operation.marker(0));
      old.markers().keySet().forEach(op -> batch.delete(Operation.marker(op)));
      session.commit(batch.build(), Deadline.scaled(CALL));
    }
    return State.of(storage.read(Deadline.scaled(CALL)));
  }

  private State fence() throws StorageException {
    try (StorageSession session = storage.acquire("tck", Floor.NONE, Deadline.scaled(CALL))) {
      return State.of(session.snapshot());
    }
  }
}
