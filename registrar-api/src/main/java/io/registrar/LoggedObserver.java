package io.registrar;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose faults are logged, and are no fault of the registrar. */
record LoggedObserver(RegistrarObserver inner) implements RegistrarObserver {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedObserver.class);

  /** The observer with its faults logged. */
  static RegistrarObserver of(RegistrarObserver observer) {
    return observer instanceof LoggedObserver ? observer : new LoggedObserver(observer);
  }

  @Override
  public void recovered(Duration fetch, long records, long bytes) {
    tell(() -> inner.recovered(fetch, records, bytes));
  }

  @Override
  public void answered(BatchReport report) {
    tell(() -> inner.answered(report));
  }

  @Override
  public void failed(Failure failure, int operations) {
    tell(() -> inner.failed(failure, operations));
  }

  private void tell(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error fault) {
      LOG.error("the observer {} failed; the registrar goes on", inner, fault);
    }
  }
}
