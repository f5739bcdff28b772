package io.registrar.log.registry;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import io.registrar.log.replica.LogFollower;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the registry's state warm at every replica, by following the log: whoever takes over has it
 * already. Fed by the replica's thread; what is read is immutable.
 */
final class StateKeeper implements LogFollower {
  private final Backlog backlog = new Backlog();
  private final AtomicInteger acquiring = new AtomicInteger();
  private final Map<Long, RegistryState> fences = new ConcurrentHashMap<>();
  private final List<Consumer<Delivery>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<MemberId, Bytes>> readers = new CopyOnWriteArrayList<>();

  // Guarded by this: written by the replica's thread, viewed by any.
  private RecordTable records = new RecordTable();
  private Header header = Header.EMPTY;

  // Written by the replica's thread, under the lock.
  private volatile long epoch;
  private volatile long version;
  private volatile long bytes;
  private volatile long tailBytes;
  private volatile @Nullable IllegalArgumentException damage;
  private @Nullable Assembly assembly;
  private Position applied = Position.ZERO;
  private long bytesBeforeSnapshot;

  /** The state after the last entry that this replica has learned. */
  synchronized RegistryState state() {
    return new RegistryState(epoch, version, header, records.view());
  }

  /** The epoch in force. */
  long epoch() {
    return epoch;
  }

  /** The version in force. */
  long version() {
    return version;
  }

  /** What the records count for in a batch. */
  long bytes() {
    return bytes;
  }

  Backlog backlog() {
    return backlog;
  }

  /** Why the log cannot be read as a registry, if so. */
  Optional<IllegalArgumentException> damage() {
    return Optional.ofNullable(damage);
  }

  /** The last position that has been applied; only on the replica's thread. */
  Position applied() {
    return applied;
  }

  /** How many bytes of entries a new snapshot would make superfluous. */
  long tailBytes() {
    return tailBytes;
  }

  void addListener(Consumer<Delivery> listener) {
    listeners.add(listener);
  }

  /** Run when the replica takes no part any more. */
  void atEnd(Runnable action) {
    endings.add(action);
  }

  void addNoteReader(BiConsumer<MemberId, Bytes> reader) {
    readers.add(reader);
  }

  /** From now on states at the begin of epochs are kept for {@link #takeFence}. */
  void beginAcquire() {
    acquiring.incrementAndGet();
  }

  void endAcquire() {
    if (acquiring.decrementAndGet() == 0) {
      fences.clear();
    }
  }

  /** The state at which an epoch began that was acquired here. */
  RegistryState takeFence(long epoch) {
    RegistryState fence = fences.remove(epoch);
    if (fence == null) {
      throw new IllegalStateException("epoch " + epoch + " was not seen to begin");
    }
    return fence;
  }

  @Override
  public synchronized void standsOn(Footing footing) {
    applied =
        footing.base().begin().value() == 0 ? Position.ZERO : footing.base().begin().previous();
    tailBytes = 0;
    bytesBeforeSnapshot = 0;
    damage = null;
    backlog.reset(footing.base().version());
    boolean founding = footing.base().begin().isAfter(footing.through());
    assembly = founding ? null : new Assembly(footing);
    if (founding) {
      begin(footing.base(), new RecordTable(), Header.EMPTY);
    }
  }

  @Override
  public synchronized void chosen(Position position, Entry entry, Delivery.Effect effect) {
    applied = position;
    if (damage != null) {
      return;
    }
    try {
      take(position, entry, effect);
    } catch (IllegalArgumentException e) {
      damage = e;
    }
  }

  private void take(Position position, Entry entry, Delivery.Effect effect) {
    Assembly open = assembly;
    if (open == null) {
      if (effect == Delivery.Effect.TAKEN) {
        apply(entry);
      }
    } else if (open.take(position, entry, effect)) {
      assembly = null;
      begin(open.base(), open.records(), open.header());
      new ArrayList<>(open.meanwhile()).forEach(this::apply);
      tailBytes = 0;
    }
  }

  private void begin(LogBase base, RecordTable newRecords, Header newHeader) {
    records = newRecords;
    header = newHeader;
    epoch = base.epoch();
    version = base.version();
    bytes = records.bytes();
  }

  private void apply(Entry entry) {
    Content content = entry.content();
    if (content instanceof Content.Append it) {
      Contents changes = ContentsCodec.decode(it.payload());
      records.apply(changes);
      header = changes.header();
      epoch = it.epoch();
      version = it.version();
      bytes = records.bytes();
      tailBytes += it.payload().size();
      backlog.add(new ChangeEvent.Committed(it.version(), it.epoch(), changes.toBatch()));
    } else if (content instanceof Content.BeginEpoch it) {
      epoch = it.number();
      if (acquiring.get() > 0) {
        fences.put(it.number(), state());
      }
    } else if (content instanceof Content.Chunk it && it.index() == 0) {
      bytesBeforeSnapshot = tailBytes;
    } else if (content instanceof Content.Cut) {
      tailBytes -= bytesBeforeSnapshot;
    }
  }

  @Override
  public void told(Delivery delivery) {
    listeners.forEach(listener -> listener.accept(delivery));
  }

  @Override
  public void noted(MemberId from, Bytes note) {
    readers.forEach(reader -> reader.accept(from, note));
  }

  @Override
  public void ended() {
    endings.forEach(Runnable::run);
  }
}
