package io.registrar.tck.history;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Some calls of several clients at once, who share a budget of calls and the numbers of batches.
 *
 * @param timeout what each call is given, but for those that are cut short
 * @param acquireOneIn how many calls a client without a session makes for each acquire
 */
record Workload(
    AtomicInteger callsLeft,
    AtomicInteger operations,
    Recorder recorder,
    Duration timeout,
    int acquireOneIn) {
  /** Few, so that takeovers are many. */
  static final int ACQUIRE_OFTEN = 30;

  static final int CLIENTS = 4;

  /**
   * Runs the clients until their calls are used up.
   *
   * @param storages one for each client; may be the same
   */
  void run(List<Storage> storages, long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(storages.size(), Workload::thread);
    try {
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < storages.size(); i++) {
        Random random = new Random(seed * 31 + i);
        clients.add(threads.submit(new Client(i, storages.get(i), random, this)));
      }
      for (Future<Void> client : clients) {
        client.get(timeout.multipliedBy(CLIENTS).toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a client's call ended in what the contract does not allow", e);
    } catch (TimeoutException e) {
      throw new AssertionError("the clients have not come to an end", e);
    } finally {
      threads.shutdownNow();
      threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** One client more, whose commit is acknowledged: the last call of all. */
  void endAcknowledged(Storage storage) throws StorageException {
    new Client(CLIENTS, storage, new Random(CLIENTS), this).commitAcknowledged();
  }

  private static Thread thread(Runnable client) {
    Thread thread = new Thread(client, "tck-client");
    thread.setDaemon(true);
    return thread;
  }
}
