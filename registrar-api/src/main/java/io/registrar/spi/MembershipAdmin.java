package io.registrar.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A {@link Storage} that several members keep, and whose membership changes while it runs.
 * Optional: whoever offers this to operators looks whether a storage is one. Calls block, each with
 * a timeout; any thread may call.
 */
public interface MembershipAdmin {
  /** What a member does. */
  enum Role {
    /** It votes, and it proposes at present. */
    COORDINATOR,
    /** It votes. */
    VOTER,
    /** It learns, and does not vote. */
    LEARNER
  }

  /**
   * A member, as this process knows it.
   *
   * @param id its place
   * @param role what it does
   * @param address where the others reach it, if that is known here
   * @param position how far it has come, as last seen here
   */
  record MemberReport(int id, Role role, Optional<String> address, OptionalLong position) {}

  /** The members and learners, by place. */
  List<MemberReport> members();

  /**
   * Tells the members where a new one listens. It is started by its operator, and learns all there
   * is; it votes only when it is promoted.
   *
   * @param address {@code host:port}
   * @return the flags that the new member and, from their next start on, all others need
   * @throws UnavailableException the place is taken, or the membership is not known here yet
   * @throws IllegalArgumentException the id or the address is malformed
   */
  String addMember(int id, String address, Duration timeout) throws StorageException;

  /**
   * Lets a learner vote as soon as it has caught up, and returns when that is decided.
   *
   * @param progress told in a sentence what is waited for, whenever that changes
   * @throws UnavailableException it did not catch up in time, or no majority was reached; the
   *     message says which. The promotion may still happen if it was proposed already
   */
  void promoteMember(int id, Duration timeout, Consumer<String> progress) throws StorageException;

  /**
   * Takes a member's vote away, and returns when that is decided.
   *
   * @param progress as in {@link #promoteMember}
   * @throws UnavailableException too few of the others are there, or no majority was reached; the
   *     message says which. The removal may still happen if it was proposed already
   */
  void removeMember(int id, Duration timeout, Consumer<String> progress) throws StorageException;
}
