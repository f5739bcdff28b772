package io.registrar;

import io.registrar.record.Records;
import io.registrar.spi.Capability;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this program may lead the registry that it has found: the one that this machine has seen
 * before, whole, active, of a feature level that it knows (rules 7.1 and 7.2 of the storage
 * contract).
 */
final class Entitlement {
  private final @Nullable Witness witness;
  private final Witness.@Nullable Sighting seen;

  private Entitlement(@Nullable Witness witness, Witness.@Nullable Sighting seen) {
    this.witness = witness;
    this.seen = seen;
  }

  static Entitlement of(Storage storage, RegistrarOptions options) throws RecoveryException {
    if (options.witness().isEmpty() || !storage.capabilities().contains(Capability.DURABLE)) {
      return new Entitlement(null, null);
    }
    Witness witness = options.witness().get();
    return new Entitlement(witness, witness.lastHere().orElse(null));
  }

  /**
   * Judges a registry by its head.
   *
   * @return its header, or empty if the registry has never been written and may be founded
   */
  Optional<RegistryHeader> check(Snapshot snapshot) throws RecoveryException {
    if (snapshot.version() == 0 && snapshot.header().isEmpty()) {
      if (seen != null) {
        throw new RecoveryException(
            "the registry storage is empty, but this machine has seen registry "
                + seen.registry()
                + " in it at version "
                + seen.version()
                + "; bring the storage back, or, to begin anew with nothing, move aside "
                + file(),
            null);
      }
      return Optional.empty();
    }
    RegistryHeader header = readHeader(snapshot);
    checkProgram(header);
    checkWitness(header, snapshot);
    return Optional.of(header);
  }

  private static RegistryHeader readHeader(Snapshot snapshot) throws RecoveryException {
    try {
      return RegistryHeader.read(snapshot.header());
    } catch (IllegalArgumentException e) {
      throw new RecoveryException(
          "the storage holds something, but not a registry of this program: its header cannot be read ("
              + e.getMessage()
              + "); give another registry name or place",
          e);
    }
  }

  private static void checkProgram(RegistryHeader header) throws RecoveryException {
    if (header.format() != RegistryHeader.FORMAT) {
      throw new RecoveryException(
          "the registry is of format "
              + header.format()
              + ", and this program reads format "
              + RegistryHeader.FORMAT
              + "; use the program that wrote it",
          null);
    }
    if (header.level() > RegistryHeader.NEWEST_LEVEL) {
      throw new RecoveryException(
          "the registry is at feature level "
              + header.level()
              + ", and this program knows levels up to "
              + RegistryHeader.NEWEST_LEVEL
              + "; start a newer program",
          null);
    }
    if (header.state() != RegistryHeader.State.ACTIVE) {
      throw new RecoveryException(
          "the registry is not active but "
              + header.state()
              + (header.note() == null || header.note().isEmpty() ? "" : " (" + header.note() + ")")
              + ": it must not be led",
          null);
    }
  }

  private void checkWitness(RegistryHeader header, Snapshot snapshot) throws RecoveryException {
    if (seen == null) {
      return;
    }
    if (!seen.registry().equals(header.registry())) {
      throw new RecoveryException(
          "the storage holds registry "
              + header.registry()
              + ", but this machine has seen registry "
              + seen.registry()
              + "; point it to the right storage, or, to take up this one, move aside "
              + file(),
          null);
    }
    if (snapshot.version() < seen.version() || snapshot.epoch() < seen.epoch()) {
      throw new RecoveryException(
          "the storage has been set back: it is at version "
              + snapshot.version()
              + ", epoch "
              + snapshot.epoch()
              + ", but this machine has seen version "
              + seen.version()
              + ", epoch "
              + seen.epoch()
              + "; bring the newer storage back, or, to accept the loss of what came after, move aside "
              + file(),
          null);
    }
  }

  /** Compares all records with what the header says of them. */
  void checkContent(RegistryHeader header, Records records) throws RecoveryException {
    if (header.describes(records)) {
      return;
    }
    throw new RecoveryException(
        "the registry is damaged: its header counts "
            + header.records()
            + " records with digest "
            + header.digest()
            + ", and the storage holds "
            + records.size()
            + " with digest "
            + records.digest()
            + "; "
            + explain(header, records)
            + ": restore what was there",
        null);
  }

  private static String explain(RegistryHeader header, Records records) {
    long surplus = records.size() - header.records();
    Optional<RecordKey> suspect = records.suspect(header.digest(), header.locator());
    if (suspect.isPresent() && surplus == 0) {
      return "the record " + suspect.get() + " was changed behind the registrar's back";
    }
    if (suspect.isPresent() && surplus == 1) {
      return "the record "
          + suspect.get()
          + " was brought back or added behind the registrar's back";
    }
    return (surplus == -1 ? "a record was" : "records were")
        + " lost or changed behind the registrar's back";
  }

  private String file() {
    return witness == null ? "the witness" : witness.file().toString();
  }
}
