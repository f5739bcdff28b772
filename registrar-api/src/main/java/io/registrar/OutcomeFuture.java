package io.registrar;

import io.registrar.spi.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that tells a caller who waits in {@code get} or {@code join} as soon as the writer
 * knows, and completes, with all that was chained to it, on the thread that tells callers.
 *
 * <p>So what is chained never delays the writer, and one who just waits does not pay for two
 * threads to wake up, each of which takes about a quarter of what a sync to a fast disk does.
 */
final class OutcomeFuture<T> extends CompletableFuture<T> {
  private final Patience patience;
  private volatile @Nullable T early;

  OutcomeFuture(Patience patience) {
    this.patience = patience;
  }

  /**
   * The writer knows; {@link #complete} follows on another thread. Wakes nobody, and costs nothing.
   */
  void settle(T value) {
    early = value;
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    T value = soon();
    return value != null ? value : super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    T value = unit.toNanos(timeout) > Patience.MOST_NANOS ? soon() : null;
    return value != null ? value : super.get(timeout, unit);
  }

  @Override
  public T join() {
    T value = soon();
    return value != null ? value : super.join();
  }

  @Override
  public boolean isDone() {
    return early != null || super.isDone();
  }

  /** What is chained to this future is an ordinary one. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  private @Nullable T soon() {
    if (super.isDone()) {
      return null; // it may have been cancelled, and says so itself
    }
    patience.await(() -> isDone() || Thread.currentThread().isInterrupted());
    return super.isDone() || Thread.currentThread().isInterrupted() ? null : early;
  }
}
