package io.registrar.spi;

import java.time.Duration;

/**
 * The right to write a registry, from {@link Storage#acquire} until a later {@code acquire} by
 * anyone takes it away.
 *
 * <p>A session is driven by one thread at a time; only {@link #close()} may be called by any.
 *
 * <p>After {@link FencedException} it is over, and every later call throws a new one. After {@link
 * CommitUnknownException}, {@link DamagedException} or {@link IncompatibleException} it is over,
 * and every later call throws {@link ClosedException} with the first failure as its cause: that
 * call has no effect, whatever became of the one in doubt (rules 3.3, 5.3).
 *
 * <p><b>Interrupts.</b> A call need not react to one. One that does ends at once: in {@link
 * UnavailableException} if it certainly had no effect, in {@link CommitUnknownException} if it may
 * have. The flag is set again on return in every case.
 */
public interface StorageSession extends AutoCloseable {
  /** This session's epoch: greater than every earlier one (rule 3.1). */
  long epoch();

  /**
   * The state at the fence: it holds every acknowledged commit of every earlier session, and
   * nothing can slip in between it and this session's first commit (rule 4.1).
   *
   * <p>There is one, always the same; it must be exhausted or closed before the first commit.
   */
  Snapshot snapshot();

  /**
   * Commits a batch: all of it, header included, or none (rule 2.1). On return it is as durable as
   * the storage promises (rule 2.2), and every later {@code read} or {@code acquire} by anyone sees
   * it.
   *
   * <p>The version that a session expects is the greater of the last one that it knows and its
   * floor's, plus one. A backend that can lose a reply keeps a share of the timeout for settling
   * what is in doubt, and must recognise the head that it moved itself while doing so. A head that
   * is not as expected is not yet a fence: another epoch is, but the own epoch with another version
   * is damage. An engine's own limit on sizes must not surface as {@link UnavailableException}, for
   * the caller would try for ever.
   *
   * <p>Each exception has one meaning (rules 5.1, 5.2); {@link CommitUnknownException} is the only
   * one after which the batch may have taken effect.
   *
   * @param batch what to write; its arrays are not looked at after the call (rule 1.4)
   * @param timeout within which the call ends, more than zero (rule 5.4)
   * @return the new version: one more than the version before; the first commit after an {@code
   *     acquire} with a floor exceeds the floor's version, and alone may jump (rule 2.3)
   * @throws LimitExceededException no effect; the session goes on
   * @throws UnavailableException certainly no effect, now or later; the session goes on
   * @throws FencedException no effect; the session is over
   * @throws CommitUnknownException the batch may or may not have taken effect; the session is over
   * @throws DamagedException no effect; the storage refuses
   * @throws IncompatibleException no effect; the storage refuses
   * @throws ClosedException no effect; the session or its storage was closed before, or is over
   * @throws IllegalStateException no effect, the session goes on: its snapshot is still open, which
   *     is a fault of the caller
   */
  long commit(Batch batch, Duration timeout) throws StorageException;

  /**
   * Returns if this session was still the latest at some moment during the call (rule 3.5). Writes
   * no record and no version.
   *
   * @throws UnavailableException if that could not be found out in time; the session goes on
   * @throws FencedException if a later {@code acquire} has returned; the session is over
   * @throws DamagedException the session is over
   * @throws IncompatibleException the session is over
   * @throws ClosedException the session or its storage was closed before, or is over
   */
  void confirm(Duration timeout) throws StorageException;

  /**
   * Whether {@link #commit} does its whole work on the calling thread and ends as it would have
   * ended, whatever interrupts that thread meanwhile. If so, the Registrar may let a caller that
   * waits alone drive the session, which saves it two changes of thread; a thread of a stranger may
   * be interrupted at any moment. Always the same for a session.
   */
  default boolean ignoresInterrupts() {
    return false;
  }

  /**
   * Ends the session: a commit in flight ends first, an open snapshot ends cleanly. Idempotent; the
   * registry itself stays as it is, and so does the fence (rules 3.2, 6.1).
   */
  @Override
  void close();
}
