package io.registrar.record;

import io.registrar.spi.StoredRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Records} of what a storage streams. Hashing and decoding are most of the time that a
 * recovery takes, so other threads do them while the stream goes on.
 *
 * <p>Used by one thread.
 */
public final class RecordsLoader {
  private static final int CHUNK = 1_000;

  private final EntryDecoder decoder;
  private final List<ForkJoinTask<List<Entry>>> decoding = new ArrayList<>();
  private final AtomicReference<@Nullable IllegalArgumentException> unreadable =
      new AtomicReference<>();
  private List<StoredRecord> chunk = new ArrayList<>(CHUNK);

  /**
   * @param types the types that this program knows; records of other kinds are kept as they are
   */
  public RecordsLoader(Collection<RecordType<?>> types) {
    decoder = new EntryDecoder(types);
  }

  /** Adds a record as it is stored; its array is kept. */
  public void add(StoredRecord stored) {
    chunk.add(stored);
    if (chunk.size() == CHUNK) {
      decodeChunk();
    }
  }

  /**
   * The set of all records that were added.
   *
   * @throws IllegalArgumentException if a key came twice, or a record cannot be decoded; the
   *     message names it
   */
  public Records finish() {
    decodeChunk();
    List<Entry> entries = new ArrayList<>();
    for (ForkJoinTask<List<Entry>> part : decoding) {
      entries.addAll(part.join());
    }
    IllegalArgumentException failure = unreadable.get();
    if (failure != null) {
      throw failure;
    }
    return Records.of(entries);
  }

  private void decodeChunk() {
    List<StoredRecord> full = chunk;
    chunk = new ArrayList<>(CHUNK);
    decoding.add(ForkJoinPool.commonPool().submit(() -> decode(full)));
  }

  private List<Entry> decode(List<StoredRecord> records) {
    try {
      return records.stream().map(decoder::decode).toList();
    } catch (IllegalArgumentException e) {
      unreadable.compareAndSet(null, e); // a pool would hand out a copy with another message
      return List.of();
    }
  }
}
