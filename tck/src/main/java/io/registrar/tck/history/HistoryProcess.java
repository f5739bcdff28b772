package io.registrar.tck.history;

import io.registrar.spi.Storage;
import io.registrar.tck.StorageTarget;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that runs a workload, tells each call as it begins and ends, and is killed. */
public final class HistoryProcess {
  /** Said once its last call is a commit that was acknowledged; nothing follows but the kill. */
  static final String LAST_WORD = "acknowledged";

  private HistoryProcess() {}

  /**
   * Runs until killed.
   *
   * @param arguments calls, seed, first batch, timeout in milliseconds, then a target
   */
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Storage storage = StorageTarget.fromArguments(all.subList(4, all.size())).open()) {
      Workload workload =
          new Workload(
              new AtomicInteger(Integer.parseInt(all.get(0))),
              new AtomicInteger(Integer.parseInt(all.get(2))),
              Recorder.onto(out),
              Duration.ofMillis(Long.parseLong(all.get(3))),
              Workload.ACQUIRE_OFTEN);
      workload.run(Collections.nCopies(Workload.CLIENTS, storage), Long.parseLong(all.get(1)));
      workload.endAcknowledged(storage);
      out.println(LAST_WORD);
      new CountDownLatch(1).await();
    }
  }
}
