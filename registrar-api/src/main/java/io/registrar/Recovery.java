package io.registrar;

import io.registrar.record.MasterInfo;
import io.registrar.record.Records;
import io.registrar.record.Registry;
import io.registrar.spi.Batch;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over a registry: looks before it fences, acquires, reads and verifies every record, and
 * commits who leads now. Each refusal says what was found, and what to do.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Storage storage;
  private final RegistrarOptions options;
  private final Optional<WarmRegistry> warm;
  private final Entitlement entitlement;

  private Recovery(Storage storage, RegistrarOptions options, Optional<WarmRegistry> warm)
      throws RecoveryException {
    this.storage = storage;
    this.options = options;
    this.warm = warm;
    this.entitlement = Entitlement.of(storage, options);
  }

  /**
   * @param warm what may be known of the registry already
   * @throws RecoveryException if the registry may not or cannot be led; no session is left open
   */
  static Recovered run(Storage storage, RegistrarOptions options, Optional<WarmRegistry> warm)
      throws RecoveryException {
    Recovery recovery = new Recovery(storage, options, warm);
    try {
      long start = System.nanoTime();
      recovery.look();
      StorageSession session =
          storage.acquire(options.master().id(), Floor.NONE, options.fetchTimeout());
      return recovery.takeOver(session, start);
    } catch (StorageException e) {
      throw new RecoveryException("the registry cannot be recovered: " + e.getMessage(), e);
    }
  }

  /** A master that must not lead should not have fenced the one that does. */
  private void look() throws StorageException, RecoveryException {
    try (Snapshot current = storage.read(options.fetchTimeout())) {
      entitlement.check(current);
    }
  }

  private Recovered takeOver(StorageSession session, long start) throws RecoveryException {
    try {
      FetchedRegistry fetched;
      try (Snapshot snapshot = session.snapshot()) {
        fetched = fetch(snapshot);
      }
      long fetchNanos = System.nanoTime() - start;
      options
          .observer()
          .recovered(
              Duration.ofNanos(fetchNanos),
              fetched.records().size(),
              fetched.records().sizeBytes());
      return lead(session, fetched);
    } catch (CommitUnknownException e) {
      session.close();
      throw new RecoveryException(
          "it is not known whether the first commit took effect; start again to find out: "
              + e.getMessage(),
          e);
    } catch (StorageException e) {
      session.close();
      throw new RecoveryException("the registry cannot be recovered: " + e.getMessage(), e);
    } catch (RecoveryException | RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /** What is known already is verified by the header, as what is read is. */
  private FetchedRegistry fetch(Snapshot snapshot) throws StorageException, RecoveryException {
    Optional<Records> known = warm.flatMap(copy -> copy.at(snapshot.version()));
    Optional<FetchedRegistry> fetched =
        known.isPresent()
            ? FetchedRegistry.known(snapshot, entitlement, known.get())
            : Optional.empty();
    if (known.isPresent() && fetched.isEmpty()) {
      LOG.warn("the copy that was kept warm is not the registry; all of it is read");
    }
    return fetched.isPresent()
        ? fetched.get()
        : FetchedRegistry.read(snapshot, entitlement, options);
  }

  private Recovered lead(StorageSession session, FetchedRegistry fetched) throws StorageException {
    Records led = fetched.records().with(MasterInfo.TYPE, options.master());
    RecordKey key = MasterInfo.TYPE.keyOf(options.master());
    Header header = fetched.header().over(led).write(fetched.carried());
    Batch batch = Batch.of(header).put(key, led.bytes(key).orElseThrow()).build();
    long version = session.commit(batch, options.storeTimeout());
    return new Recovered(
        session, new Registry(version, session.epoch(), led), fetched.header(), fetched.carried());
  }

  /**
   * A registry that this master leads.
   *
   * @param session to commit with
   * @param registry the state, with this master in it
   * @param header what does not change about the registry
   * @param carried what later headers carry over from the stored one
   */
  record Recovered(
      StorageSession session, Registry registry, RegistryHeader header, Header carried) {}
}
