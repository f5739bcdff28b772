package io.registrar.record;

import io.registrar.spi.Batch;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.util.Collection;

/** Follows what somebody else commits, batch by batch. Thread-safe. */
public final class RecordsFollower {
  private final EntryDecoder decoder;

  /**
   * @param types the types that this program knows; records of other kinds are kept as they are
   */
  public RecordsFollower(Collection<RecordType<?>> types) {
    this.decoder = new EntryDecoder(types);
  }

  /**
   * These records after a batch, whose arrays are kept.
   *
   * @throws IllegalArgumentException if a record in it cannot be decoded; the message names it
   */
  public Records after(Records before, Batch batch) {
    Records after = before;
    for (RecordKey key : batch.deletes()) {
      after = after.without(key);
    }
    for (StoredRecord put : batch.puts()) {
      after = after.with(decoder.decode(put));
    }
    return after;
  }
}
