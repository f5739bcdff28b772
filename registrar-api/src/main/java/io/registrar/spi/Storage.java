package io.registrar.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * One registry in one storage engine, open.
 *
 * <p>The rules that every implementation keeps are numbered; this Javadoc cites them and {@code
 * docs/storage-contract.md} explains each. Calls block, each with a timeout; {@code acquire},
 * {@code read} and {@code close} may be called by any thread, at the same time.
 *
 * <p><b>For implementers.</b> The heart is a <em>head</em>: one small place that holds the epoch,
 * the version and the header, and that changes only in one atomic step together with the records of
 * a batch. {@code acquire} raises the epoch in the head; {@code commit} changes the head only if
 * the epoch and the version are still the ones that its session knows. Worked example: A acquires
 * (epoch 7) and reads version 41. B acquires (epoch 8). A's commit finds 8 in the head, writes
 * nothing, and throws {@link FencedException}. B commits version 42. If B's connection is cut after
 * the commit was sent, B may not repeat it (it would find 42 where it expects 41 and call its own
 * batch a conflict), nor call it failed: it first moves the head in a way that the straggler cannot
 * survive, then reads whether version 42 carries its batch (rule 5.2).
 */
public interface Storage extends AutoCloseable {
  /** The largest value and batch. Constant while the storage is open; does not block. */
  Limits limits();

  /** What is promised beyond the base of the contract. Constant; does not block. */
  Set<Capability> capabilities();

  /**
   * Takes over the registry: gives a session with an epoch greater than every earlier one and than
   * the floor's (rule 3.1). Once it has returned, no commit of an earlier session takes effect,
   * whatever was in flight, however late it arrives (rule 3.2). Needs no help from the earlier
   * holder, and is not blocked by one that was stopped in the middle of a commit (rule 3.4).
   *
   * @param owner who takes over, for people to read; 1 to 256 characters, no identity rests on it
   * @param floor the position to be beyond
   * @param timeout within which the call ends, more than zero; later also the longest time that the
   *     session's snapshot may make no progress
   * @throws UnavailableException no session; earlier ones may have been fenced nevertheless. One
   *     that failed may still reach the engine later, and must not then fence a session acquired
   *     after it
   * @throws DamagedException if the stored bytes were found changed or lost (rule 7.1)
   * @throws IncompatibleException if another format or setting forbids it (rules 7.2, 7.4)
   * @throws ClosedException if the storage was closed
   */
  StorageSession acquire(String owner, Floor floor, Duration timeout) throws StorageException;

  /**
   * One version's state, which holds every commit acknowledged before the call by any process (rule
   * 4.2). Fences nobody, and ends in bounded time while others commit.
   *
   * @param timeout within which the call ends, and the longest time that the snapshot may make no
   *     progress; more than zero
   * @throws UnavailableException if it could not be read in time
   * @throws DamagedException if the stored bytes were found changed or lost (rule 7.1)
   * @throws IncompatibleException if another format or setting forbids it (rules 7.2, 7.4)
   * @throws ClosedException if the storage was closed
   */
  Snapshot read(Duration timeout) throws StorageException;

  /**
   * The election among the masters that share this registry.
   *
   * @throws NotSupportedException if {@link Capability#ELECTION} is not declared
   */
  Election election() throws StorageException;

  /**
   * Follows the commits after a version: each once, in order (rule 9).
   *
   * @param afterVersion 0 or more; one beyond the storage's current version is answered by {@link
   *     ChangeEvent.StartFromSnapshot}, for it says that the storage was set back
   * @throws NotSupportedException if {@link Capability#CHANGES} is not declared
   */
  ChangeFeed changes(long afterVersion) throws StorageException;

  /**
   * How the engine stands, in numbers for the metrics: by names of {@code [a-z][a-z0-9_]*}, the
   * same while the storage is open, such as {@code timeline}. Read from memory: does not block, and
   * answers after {@link #close()} too. May be called by any thread.
   *
   * @return none, unless the backend has something to tell
   */
  default Map<String, Long> gauges() {
    return Map.of();
  }

  /**
   * Lets a commit in flight end, ends open snapshots and sessions cleanly, and gives back every
   * thread, file, lock and connection. Idempotent. Calls after it fail with {@link ClosedException}
   * (rule 6.1).
   *
   * <p>Waits for at most 10 seconds: if a call into the engine hangs longer, what that call holds
   * stays until it ends, and the storage says so in the log.
   */
  @Override
  void close();
}
