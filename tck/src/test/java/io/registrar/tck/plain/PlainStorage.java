package io.registrar.tck.plain;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Election;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.Limits;
import io.registrar.spi.NotSupportedException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;

/**
 * A durable storage that is as plain as can be: a map, written to a file whole with every commit.
 * Correct, with every limit the least that the contract allows; each step can be overridden, and so
 * broken, by itself.
 */
public class PlainStorage implements Storage {
  protected TreeMap<RecordKey, byte[]> records = new TreeMap<>();
  protected Header header = Header.EMPTY;
  protected long version;
  protected long epoch;
  private final PlainStore file;
  private boolean closed;

  public PlainStorage(PlainStore file) throws StorageException {
    this.file = file;
    load(file);
  }

  /** What the file holds becomes the state. */
  protected void load(PlainStore from) throws StorageException {
    PlainContents contents = from.read();
    records = contents.records();
    header = contents.header();
    version = contents.version();
    epoch = contents.epoch();
  }

  @Override
  public Limits limits() {
    return Limits.LEAST;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DURABLE);
  }

  @Override
  public synchronized StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    requireOpen();
    long before = epoch;
    epoch = nextEpoch(floor);
    try {
      persistEpoch();
    } catch (IOException e) {
      epoch = before;
      throw new UnavailableException("the new epoch cannot be written", e);
    }
    return session(floor);
  }

  protected StorageSession session(Floor floor) {
    return new PlainSession(this, epoch, floor.version(), snapshot());
  }

  protected long nextEpoch(Floor floor) {
    return Math.max(epoch, floor.epoch()) + 1;
  }

  protected void persistEpoch() throws IOException {
    persist();
  }

  @Override
  public synchronized Snapshot read(Duration timeout) throws StorageException {
    requireOpen();
    return snapshot();
  }

  protected PlainSnapshot snapshot() {
    return new PlainSnapshot(this, version, epoch, header, new TreeMap<>(records));
  }

  /** A commit as its session asked for it. */
  protected long commit(PlainSession by, Duration timeout, Batch batch) throws StorageException {
    return commit(by, batch);
  }

  /** A session whose commit is in doubt is over. */
  protected void end(PlainSession inDoubt, CommitUnknownException after) {
    inDoubt.end(after);
  }

  /** All of a commit; called with nothing held. */
  protected long commit(PlainSession by, Batch batch) throws StorageException {
    synchronized (this) {
      requireOpen();
      requireLatest(by);
      limits().check(batch);
      TreeMap<RecordKey, byte[]> before = new TreeMap<>(records);
      Header headerBefore = header;
      long versionBefore = version;
      apply(batch);
      header = batch.header();
      version = Math.max(version, by.floor()) + 1;
      try {
        persist();
      } catch (IOException e) {
        records = before;
        header = headerBefore;
        version = versionBefore;
        throw new UnavailableException("the commit cannot be written", e);
      }
      return version;
    }
  }

  protected void apply(Batch batch) {
    batch.deletes().forEach(records::remove);
    for (StoredRecord put : batch.puts()) {
      records.put(put.key(), put.value().clone());
    }
  }

  protected void persist() throws IOException {
    file.write(new PlainContents(version, epoch, header, records));
  }

  protected synchronized void confirm(PlainSession by) throws StorageException {
    requireOpen();
    requireLatest(by);
  }

  protected synchronized void requireLatest(PlainSession by) throws FencedException {
    if (by.epoch() != epoch) {
      throw new FencedException("epoch " + by.epoch() + " was fenced by epoch " + epoch);
    }
  }

  /** What a snapshot hands out for a stored value. */
  protected byte[] handOut(byte[] value) {
    return value.clone();
  }

  @Override
  public Election election() throws StorageException {
    throw new NotSupportedException("a plain storage has no election");
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    throw new NotSupportedException("a plain storage has no changes");
  }

  protected synchronized void requireOpen() throws ClosedException {
    if (closed) {
      throw new ClosedException("the plain storage was closed");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      file.close();
    }
  }
}
