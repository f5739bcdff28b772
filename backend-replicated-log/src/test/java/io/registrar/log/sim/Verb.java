package io.registrar.log.sim;

/**
 * What the world, an operator or a client may do to one process at one moment. {@link
 * Action#argument} means what is said here.
 */
enum Verb {
  /**
   * The process dies. The argument is how many of the writes that wait for a sync survive; the one
   * after them is torn.
   */
  CRASH(Kind.FAULT),
  /** A dead process starts again from its disk. */
  RESTART(Kind.REPAIR),
  /** The process dies and its disk is emptied. */
  WIPE(Kind.FAULT),
  /**
   * A bit of one durable record flips; it shows at the next start. The argument chooses the record,
   * from the newest backwards.
   */
  ROT(Kind.FAULT),
  /** The disk is copied, for a later {@link #RESTORE_COPY} or {@link #START_TWIN}. */
  SAVE_COPY(Kind.FAULT),
  /** The process dies and its disk becomes the copy that was saved. */
  RESTORE_COPY(Kind.FAULT),
  /** The process dies and its disk is taken out; an empty one is put in. */
  SWAP_DISK(Kind.FAULT),
  /** The process dies and the disk that was taken out replaces its own. */
  PUT_BACK(Kind.FAULT),
  /** A second process starts on the copy that was saved, under the same member id. */
  START_TWIN(Kind.FAULT),
  /** The process is told that the one with the argument's number has ended, if it has. */
  TELL_ENDED(Kind.FAULT),
  /** The process stands still: messages wait, ticks are lost. */
  PAUSE(Kind.FAULT),
  RESUME(Kind.REPAIR),
  /** The process's clock runs at the argument's per mille of real time. */
  CLOCK(Kind.FAULT),
  /** The next sync of this disk fails. */
  FAIL_SYNC(Kind.FAULT),
  /** Every sync of this disk takes the argument's milliseconds longer from now on. */
  SLOW_DISK(Kind.FAULT),
  /**
   * Directed links are cut; the argument has bit {@code from * 8 + to} set for each. The node is
   * ignored.
   */
  CUT_LINKS(Kind.FAULT),
  HEAL_LINKS(Kind.REPAIR),
  /**
   * Messages that the argument's link mask names are kept back and delivered by {@link #RELEASE}.
   */
  STASH(Kind.FAULT),
  RELEASE(Kind.REPAIR),
  /** A client at this process wants the coordinator's place. */
  ACQUIRE(Kind.WORK),
  /** A client at this process commits a batch of its own under its session. */
  COMMIT(Kind.WORK),
  CONFIRM(Kind.WORK),
  READ(Kind.WORK),
  /** The state so far is written as a snapshot and the log is cut below it. */
  TRUNCATE(Kind.WORK),
  /** A candidate at this process stands for election. */
  CAMPAIGN(Kind.WORK),
  RESIGN(Kind.WORK),
  /** An operator adds the member with the argument's id. */
  ADD_MEMBER(Kind.OPERATOR),
  REMOVE_MEMBER(Kind.OPERATOR),
  /** A process of another ensemble, with the argument's member id, starts and talks to this one. */
  START_FOREIGN(Kind.FAULT);

  enum Kind {
    FAULT,
    REPAIR,
    WORK,
    OPERATOR
  }

  private final Kind kind;

  Verb(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Whether the process dies of it, at once or with its next sync. */
  boolean kills() {
    return switch (this) {
      case CRASH, WIPE, RESTORE_COPY, SWAP_DISK, PUT_BACK, FAIL_SYNC -> true;
      default -> false;
    };
  }
}
