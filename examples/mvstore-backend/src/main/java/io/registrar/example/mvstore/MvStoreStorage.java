package io.registrar.example.mvstore;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Election;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Limits;
import io.registrar.spi.NotSupportedException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import io.registrar.spi.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One registry in one MVStore. Every step is taken by one thread of the storage's own: so each is
 * one step, and no interrupt of a caller closes the file under the engine.
 */
final class MvStoreStorage implements Storage {
  private static final Limits LIMITS = new Limits(1 << 20, 4 << 20, 10_000);

  private final Engine engine;
  private final Set<MvStoreSnapshot> snapshots = new HashSet<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "mvstore"));
  private @Nullable RuntimeException failure;
  private boolean closed;

  MvStoreStorage(Path file) throws StorageException {
    engine = new Engine(file);
  }

  /** One step, with the engine to itself. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws StorageException;
  }

  /** Takes a step on the storage's thread; an interrupt waits, with its flag set. */
  <T> T take(Step<T> step) throws StorageException {
    CompletableFuture<T> end = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            try {
              end.complete(step.take());
            } catch (StorageException | RuntimeException | Error e) {
              end.completeExceptionally(e);
            }
          });
      return end.join();
    } catch (RejectedExecutionException e) {
      throw new ClosedException("the storage was closed", e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof StorageException refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  @Override
  public Limits limits() {
    return LIMITS;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DURABLE);
  }

  @Override
  public MvStoreSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    return take(() -> acquire(floor));
  }

  private MvStoreSession acquire(Floor floor) throws StorageException {
    requireWhole();
    Engine.Head head = engine.head();
    long epoch = Math.max(head.epoch(), floor.epoch()) + 1;
    try {
      engine.setHead(new Engine.Head(head.version(), epoch, head.header()));
      engine.commit();
    } catch (RuntimeException e) {
      failure = e;
      throw new UnavailableException("epoch " + epoch + " could not be written", e);
    }
    return new MvStoreSession(this, epoch, floor.version(), snapshot());
  }

  @Override
  public MvStoreSnapshot read(Duration timeout) throws StorageException {
    return take(this::snapshot);
  }

  private MvStoreSnapshot snapshot() throws StorageException {
    requireWhole();
    MvStoreSnapshot snapshot = new MvStoreSnapshot(this, engine);
    snapshots.add(snapshot);
    return snapshot;
  }

  /** A step: the engine may let the pages of this snapshot go. */
  void forget(MvStoreSnapshot snapshot) {
    if (snapshots.remove(snapshot)) {
      snapshot.release();
    }
  }

  /** A step. */
  long commit(MvStoreSession by, Batch batch) throws StorageException {
    Engine.Head head = requireLatest(by);
    LIMITS.check(batch);
    long version = Math.max(head.version(), by.floor()) + 1;
    try {
      for (RecordKey key : batch.deletes()) {
        engine.records.remove(name(key));
      }
      for (StoredRecord put : batch.puts()) {
        engine.records.put(name(put.key()), put.value().clone());
      }
      engine.setHead(new Engine.Head(version, head.epoch(), batch.header()));
      engine.commit();
      return version;
    } catch (RuntimeException e) {
      // What is in memory may not be in the file: only a reopening tells.
      failure = e;
      throw new CommitUnknownException("version " + version + " could not be written", e);
    }
  }

  /** A step. */
  Engine.Head requireLatest(MvStoreSession session) throws StorageException {
    requireWhole();
    Engine.Head head = engine.head();
    if (head.epoch() != session.epoch()) {
      throw new FencedException(
          "epoch " + session.epoch() + " was fenced by epoch " + head.epoch());
    }
    return head;
  }

  /** Of a step: the engine may be used. */
  void requireWhole() throws StorageException {
    if (closed) {
      throw new ClosedException("the storage was closed");
    }
    if (failure != null) {
      throw new UnavailableException("a write has failed: open the storage again", failure);
    }
  }

  /** A kind has no slash, so the first one ends it. */
  private static String name(RecordKey key) {
    return key.kind() + "/" + key.id();
  }

  @Override
  public Election election() throws StorageException {
    throw new NotSupportedException("mvstore has no election: one process alone has the file");
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    throw new NotSupportedException("mvstore has no feed of changes");
  }

  @Override
  public void close() {
    try {
      take(
          () -> {
            if (!closed) {
              closed = true;
              Set.copyOf(snapshots).forEach(this::forget);
              engine.close();
              thread.shutdown();
            }
            return true;
          });
    } catch (ClosedException again) {
      return;
    } catch (StorageException e) {
      throw new IllegalStateException("closing does nothing that is refused", e);
    }
  }
}
