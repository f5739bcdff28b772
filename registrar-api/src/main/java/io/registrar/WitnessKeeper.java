package io.registrar;

import io.registrar.record.Registry;
import io.registrar.spi.Capability;
import io.registrar.spi.Storage;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link Witness} up to date while a registrar leads: once at the start, then at most
 * once a second, away from the commits, and at the end.
 */
final class WitnessKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessKeeper.class);
  private static final long PERIOD_MILLIS = 1_000;

  private final @Nullable Witness witness;
  private final String registryId;

  private volatile Registry latest;
  private long written;

  private WitnessKeeper(@Nullable Witness witness, Recovery.Recovered recovered) {
    this.witness = witness;
    this.registryId = recovered.header().registry();
    this.latest = recovered.registry();
  }

  /**
   * @throws RecoveryException if the witness cannot be written
   */
  static WitnessKeeper start(
      Recovery.Recovered recovered,
      Storage storage,
      RegistrarOptions options,
      ScheduledExecutorService timer)
      throws RecoveryException {
    Witness witness =
        storage.capabilities().contains(Capability.DURABLE) ? options.witness().orElse(null) : null;
    WitnessKeeper keeper = new WitnessKeeper(witness, recovered);
    if (witness != null) {
      try {
        keeper.write(witness);
      } catch (IOException e) {
        throw new RecoveryException(
            "the witness " + witness.file() + " cannot be written: " + e.getMessage(), e);
      }
      timer.scheduleWithFixedDelay(
          keeper::catchUp, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
    return keeper;
  }

  /** A commit was acknowledged. Does not block. */
  void saw(Registry registry) {
    latest = registry;
  }

  /** Writes what was seen last. */
  void flush() {
    catchUp();
  }

  private synchronized void catchUp() {
    if (witness != null && written < latest.version()) {
      try {
        write(witness);
      } catch (IOException e) {
        // It only lags behind the more, which it may: the next period tries again.
        LOG.warn("the witness {} cannot be written", witness.file(), e);
      }
    }
  }

  private synchronized void write(Witness file) throws IOException {
    Registry seen = latest;
    file.write(registryId, seen.epoch(), seen.version());
    written = seen.version();
  }
}
