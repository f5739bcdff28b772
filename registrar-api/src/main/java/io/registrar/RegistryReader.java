package io.registrar;

import io.registrar.record.Registry;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import java.time.Duration;

/**
 * Reads a registry without leading it, as a standby does: whole, and verified as a recovery
 * verifies it. Thread-safe.
 */
public final class RegistryReader {
  private final Storage storage;
  private final RegistrarOptions options;

  /**
   * @param storage where the registry is; it stays open
   * @param options those that this master would lead with
   */
  public RegistryReader(Storage storage, RegistrarOptions options) {
    this.storage = storage;
    this.options = options;
  }

  /**
   * The registry with every commit that was acknowledged before the call, by any process. Fences
   * nobody, and writes nothing; a registry that was never written is empty, at version 0.
   *
   * <p>Blocks for at most the fetch timeout, as long as the records keep coming.
   *
   * @throws StorageException if it could not be read; {@code UnavailableException} may pass
   * @throws RecoveryException if what was read must not be served: another registry than this
   *     machine has seen, an older state of it, a damaged one, or one of a newer program
   */
  public Registry read() throws StorageException, RecoveryException {
    return read(options.fetchTimeout());
  }

  /** As {@link #read()}, within another time than the fetch timeout. */
  Registry read(Duration timeout) throws StorageException, RecoveryException {
    Entitlement entitlement = Entitlement.of(storage, options);
    try (Snapshot snapshot = storage.read(timeout)) {
      FetchedRegistry fetched = FetchedRegistry.read(snapshot, entitlement, options);
      return new Registry(snapshot.version(), snapshot.epoch(), fetched.records());
    }
  }
}
