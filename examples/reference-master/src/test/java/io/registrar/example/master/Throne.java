package io.registrar.example.master;

import io.registrar.spi.Candidate;
import io.registrar.spi.Leadership;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An election in memory. Thread-safe. */
final class Throne {
  private @Nullable Seat taken;

  /** Waits until nobody leads, and leads then. */
  synchronized Optional<Leadership> ascend(Candidate candidate, Duration timeout)
      throws UnavailableException {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (taken != null) {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis <= 0) {
          return Optional.empty();
        }
        wait(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while another led", e);
    }
    taken = new Seat(candidate);
    return Optional.of(taken);
  }

  synchronized Optional<Candidate> holder() {
    return Optional.ofNullable(taken).map(seat -> seat.candidate);
  }

  /** Whoever leads has lost its lease; another can win it. */
  synchronized void vacate() {
    Seat last = taken;
    if (last != null) {
      leave(last);
    }
  }

  /** A stranger takes the lease that is free. */
  synchronized void seat(Candidate stranger) {
    taken = new Seat(stranger);
  }

  private synchronized void leave(Seat seat) {
    seat.end.countDown();
    if (taken == seat) {
      taken = null;
    }
    notifyAll();
  }

  private final class Seat implements Leadership {
    private final Candidate candidate;
    private final CountDownLatch end = new CountDownLatch(1);

    Seat(Candidate candidate) {
      this.candidate = candidate;
    }

    @Override
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
      return end.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void resign() {
      leave(this);
    }
  }
}
