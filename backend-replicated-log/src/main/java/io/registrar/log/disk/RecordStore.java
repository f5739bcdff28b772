package io.registrar.log.disk;

import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Position;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a replica keeps its {@link DurableRecord}s. It hands back a prefix of what it was given
 * that holds at least all that was synced, or says that it cannot.
 *
 * <p>Driven by one thread at a time, but for {@link #read}, which any thread may call. After a
 * write, a sync or a reserve of space has failed, every further call that writes fails: what the
 * disk then holds is not known, and a later sync that succeeds would prove nothing (Rebello et al.,
 * "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
 */
public interface RecordStore extends AutoCloseable {

  /**
   * Every record that has survived, in the order written. May be iterated several times, until the
   * first {@link #append}.
   */
  Iterable<DurableRecord> survived();

  /** What the store found about itself when it was opened. */
  Damage damage();

  /** What was found damaged when the store was opened, the first hundred places. */
  List<DamagedPlace> damagedPlaces();

  /**
   * Writes records behind those before. They are durable after the next {@link #sync}, and may be
   * before.
   *
   * @param records all that the replica has handed over since the last call, in order: a checkpoint
   *     rests on every one of them, so none may be held back for the next call
   * @param checkpoint {@link io.registrar.log.paxos.Replica#checkpoint}, asked for when a new file
   *     begins, so that older files can go
   * @throws IOException the store has failed for good
   */
  void append(List<DurableRecord> records, Supplier<List<DurableRecord>> checkpoint)
      throws IOException;

  /**
   * Makes durable all that was appended.
   *
   * @throws IOException the store has failed for good
   */
  void sync() throws IOException;

  /**
   * Chosen entries, one or more from {@code from} on in order, no further than {@code through}.
   *
   * @param most bytes of entries after which to stop; one entry is always read
   * @throws IOException an entry is not there or is damaged: the replica must be told
   */
  List<Entry> read(Position from, Position through, int most) throws IOException;

  /**
   * Everything that a log on this footing does not need may be deleted. What was appended is synced
   * before anything is.
   *
   * @throws IOException the store has failed for good
   */
  void truncate(Footing footing) throws IOException;

  /**
   * Puts all that is there aside, under another name, and goes on as an empty store whose {@link
   * #damage} is {@link Damage.Kind#LOST}: for a store that is damaged, and for a replica that must
   * start anew. Nothing is deleted. Durable on return: a store that is opened again before the
   * first record still knows that it has lost a log.
   */
  void setAside() throws IOException;

  /** Gives the directory free. Idempotent; what was not synced may be lost. */
  @Override
  void close() throws IOException;
}
