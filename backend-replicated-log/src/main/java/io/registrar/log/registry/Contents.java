package io.registrar.log.registry;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.util.List;

/**
 * What an entry of the log says about records: a batch, or a chunk of a snapshot, which may be
 * empty.
 */
record Contents(Header header, List<StoredRecord> puts, List<RecordKey> deletes) {
  Contents {
    puts = List.copyOf(puts);
    deletes = List.copyOf(deletes);
  }

  static Contents of(Batch batch) {
    return new Contents(batch.header(), batch.puts(), batch.deletes());
  }

  /** As the batch that it was made of. */
  Batch toBatch() {
    Batch.Builder batch = Batch.of(header);
    puts.forEach(put -> batch.put(put.key(), put.value()));
    deletes.forEach(batch::delete);
    return batch.build();
  }
}
