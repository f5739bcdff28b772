package io.registrar.log.replica;

import io.registrar.log.disk.DamagedPlace;
import io.registrar.log.disk.RecordStore;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Position;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** A store whose writes and syncs are watched, and may be made to fail. */
final class WatchedStore implements RecordStore {
  /** Told before the store is. */
  interface Watch {
    void appending(List<DurableRecord> records) throws IOException;

    void syncing() throws IOException;
  }

  private final RecordStore store;
  private final Watch watch;

  WatchedStore(RecordStore store, Watch watch) {
    this.store = store;
    this.watch = watch;
  }

  @Override
  public Iterable<DurableRecord> survived() {
    return store.survived();
  }

  @Override
  public Damage damage() {
    return store.damage();
  }

  @Override
  public List<DamagedPlace> damagedPlaces() {
    return store.damagedPlaces();
  }

  @Override
  public void append(List<DurableRecord> records, Supplier<List<DurableRecord>> checkpoint)
      throws IOException {
    watch.appending(records);
    store.append(records, checkpoint);
  }

  @Override
  public void sync() throws IOException {
    watch.syncing();
    store.sync();
  }

  @Override
  public List<Entry> read(Position from, Position through, int most) throws IOException {
    return store.read(from, through, most);
  }

  @Override
  public void truncate(Footing footing) throws IOException {
    store.truncate(footing);
  }

  @Override
  public void setAside() throws IOException {
    store.setAside();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
