package io.registrar.log.net;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The threads of a network's connections: as many as there is work at a time. Thread-safe. */
final class ConnectionThreads {
  private final ExecutorService pool;

  ConnectionThreads(String name) {
    pool = Executors.newCachedThreadPool(new NamedThreads(name));
  }

  /**
   * Has something done on a thread of its own; false if these threads have been closed, or the
   * system has no more of them, which passes.
   */
  boolean start(Runnable work) {
    try {
      pool.execute(work);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      return false;
    }
  }

  /** No more is begun; what was, goes on. */
  void close() {
    pool.shutdown();
  }

  /** Waits until all is done. */
  void await(long seconds) throws InterruptedException {
    pool.awaitTermination(seconds, TimeUnit.SECONDS);
  }
}
