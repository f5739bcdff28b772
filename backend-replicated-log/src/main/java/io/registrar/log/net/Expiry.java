package io.registrar.log.net;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes a socket on which too little has happened by a time, however much it is that did: a limit
 * on each read alone would let the other end drip. Thread-safe.
 */
final class Expiry {
  private enum State {
    WAITING,
    MET,
    PASSED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final Future<?> passing;

  private Expiry(Socket socket, Duration within, ScheduledExecutorService timer) {
    passing = timer.schedule(() -> pass(socket), within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Begins to wait.
   *
   * @throws RejectedExecutionException the timer has ended
   */
  static Expiry of(Socket socket, Duration within, ScheduledExecutorService timer) {
    return new Expiry(socket, within, timer);
  }

  private void pass(Socket socket) {
    if (state.compareAndSet(State.WAITING, State.PASSED)) {
      Connection.close(socket);
    }
  }

  /** What was awaited has come; if it came too late, the socket is closed already. */
  void meet() {
    state.compareAndSet(State.WAITING, State.MET);
    passing.cancel(false);
  }

  boolean hasPassed() {
    return state.get() == State.PASSED;
  }
}
