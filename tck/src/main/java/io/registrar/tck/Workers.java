package io.registrar.tck;

import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that do something beside the test's own, all ended at its end. */
final class Workers implements AutoCloseable {
  /** What a thread beside the test is waited for. */
  static final Duration WAIT = Duration.ofSeconds(30);

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "tck-worker");
            thread.setDaemon(true);
            return thread;
          });

  <T> Future<T> start(Callable<T> task) {
    return threads.submit(task);
  }

  /** What the task answered, or the very exception that it threw; waits with a deadline. */
  static <T> T result(Future<T> task) throws Exception {
    try {
      return task.get(Deadline.scaled(WAIT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw new AssertionError("a thread beside the test failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a call beside the test has not ended within " + WAIT, e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
