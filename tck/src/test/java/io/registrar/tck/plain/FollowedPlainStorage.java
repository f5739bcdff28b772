package io.registrar.tck.plain;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.StorageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** A plain storage that tells its changes, and keeps the latest of them one by one. */
public class FollowedPlainStorage extends PlainStorage {
  private static final int KEPT = 200;
  private static final long KEPT_BYTES = 4 << 20;

  /** The oldest first. */
  protected final Deque<ChangeEvent.Committed> kept = new ArrayDeque<>();

  /** The version before the oldest that is kept. */
  protected long before;

  private long bytes;

  public FollowedPlainStorage(PlainStore file) throws StorageException {
    super(file);
    before = version;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DURABLE, Capability.CHANGES);
  }

  @Override
  protected long commit(PlainSession by, Batch batch) throws StorageException {
    synchronized (this) {
      long made = super.commit(by, batch);
      tell(new ChangeEvent.Committed(made, by.epoch(), copy(batch)));
      return made;
    }
  }

  /** It was committed, and nobody has been told. */
  protected void tell(ChangeEvent.Committed commit) {
    keep(commit);
  }

  protected final synchronized void keep(ChangeEvent.Committed commit) {
    kept.add(commit);
    bytes += commit.batch().countedBytes();
    while (kept.size() > KEPT || bytes > KEPT_BYTES) {
      ChangeEvent.Committed oldest = kept.remove();
      bytes -= oldest.batch().countedBytes();
      before = oldest.version();
    }
    notifyAll();
  }

  /** The caller may change his arrays afterwards (rule 1.4). */
  protected static Batch copy(Batch batch) {
    Batch.Builder copy = Batch.of(batch.header());
    batch.puts().forEach(put -> copy.put(put.key(), put.value().clone()));
    batch.deletes().forEach(copy::delete);
    return copy.build();
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    requireOpen();
    return new PlainFeed(this, afterVersion);
  }

  /** What is to be told to one who was told all up to a version, if there is anything. */
  protected synchronized Optional<ChangeEvent> after(long told) {
    if (told < before || told > version) {
      return Optional.of(new ChangeEvent.StartFromSnapshot(before));
    }
    return kept.stream()
        .filter(commit -> commit.version() > told)
        .findFirst()
        .map(ChangeEvent.class::cast);
  }

  /** Whether who was told to start from a snapshot is told nothing else. */
  protected boolean staysBehind() {
    return true;
  }

  @Override
  public void close() {
    super.close();
    synchronized (this) {
      notifyAll();
    }
  }
}
