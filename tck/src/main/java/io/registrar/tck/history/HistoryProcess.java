package io.registrar.tck.history;

import io.registrar.spi.Storage;
import io.registrar.tck.StorageTarget;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that runs a workload, tells each call as it begins and ends, and is killed in it. */
public final class HistoryProcess {
  private static final int MORE_THAN_IT_LIVES = 1_000_000;

  private HistoryProcess() {}

  /**
   * Runs until killed.
   *
   * @param arguments seed, first batch, timeout in milliseconds, then a target
   */
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Storage storage = StorageTarget.fromArguments(all.subList(3, all.size())).open()) {
      Workload workload =
          new Workload(
              new AtomicInteger(MORE_THAN_IT_LIVES),
              new AtomicInteger(Integer.parseInt(all.get(1))),
              Recorder.onto(out),
              Duration.ofMillis(Long.parseLong(all.get(2))),
              Workload.ACQUIRE_OFTEN);
      workload.run(Collections.nCopies(Workload.CLIENTS, storage), Long.parseLong(all.get(0)));
    }
  }
}
