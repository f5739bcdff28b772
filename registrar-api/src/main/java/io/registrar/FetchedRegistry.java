package io.registrar;

import io.registrar.record.Records;
import io.registrar.record.RecordsLoader;
import io.registrar.spi.Header;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Optional;

/**
 * A registry as a storage had it, verified.
 *
 * @param header what the header says
 * @param carried what later headers carry over from the stored one
 * @param records all records
 */
record FetchedRegistry(RegistryHeader header, Header carried, Records records) {
  /**
   * Reads a snapshot to its end, and compares what it holds with its header.
   *
   * @throws RecoveryException if this program may not lead that registry, or it is damaged
   */
  static FetchedRegistry read(Snapshot snapshot, Entitlement entitlement, RegistrarOptions options)
      throws StorageException, RecoveryException {
    Optional<RegistryHeader> found = entitlement.check(snapshot);
    RecordsLoader loader = new RecordsLoader(options.types());
    for (Optional<StoredRecord> next = snapshot.next(); next.isPresent(); next = snapshot.next()) {
      loader.add(next.get());
    }
    Records records = finish(loader);
    RegistryHeader header = found.orElseGet(RegistryHeader::founding);
    entitlement.checkContent(header, records);
    return new FetchedRegistry(header, RegistryHeader.carried(snapshot.header()), records);
  }

  /**
   * Takes records that are known already, if they are those that the snapshot's header speaks of;
   * nothing of it is read.
   *
   * @throws RecoveryException if this program may not lead that registry
   */
  static Optional<FetchedRegistry> known(
      Snapshot snapshot, Entitlement entitlement, Records records) throws RecoveryException {
    return entitlement
        .check(snapshot)
        .filter(header -> header.describes(records))
        .map(
            header ->
                new FetchedRegistry(header, RegistryHeader.carried(snapshot.header()), records));
  }

  private static Records finish(RecordsLoader loader) throws RecoveryException {
    try {
      return loader.finish();
    } catch (IllegalArgumentException e) {
      throw new RecoveryException(
          "the registry holds what this program cannot read: "
              + e.getMessage()
              + "; use the program that wrote it, or restore the record",
          e);
    }
  }
}
