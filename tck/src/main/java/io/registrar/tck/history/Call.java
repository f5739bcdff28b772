package io.registrar.tck.history;

/**
 * One call of a client, with the times of the monotonic clock at which it was made and had ended,
 * in nanoseconds; {@link #NEVER} if it was not seen to end.
 */
sealed interface Call {
  long NEVER = Long.MAX_VALUE;

  int client();

  long invoked();

  long completed();

  /**
   * What a snapshot showed: its label, its records' digest, and the batch that its header names.
   */
  record Seen(long version, io.registrar.record.Digest records, long headOp) {}

  /** An acquire that gave a session. */
  record Acquired(int client, long invoked, long completed, long epoch, Seen seen)
      implements Call {}

  /** An acquire that failed; it may have fenced. */
  record AcquireFailed(int client, long invoked, long completed) implements Call {}

  record Read(int client, long invoked, long completed, Seen seen) implements Call {}

  /**
   * A commit.
   *
   * @param base the version that the session knew
   * @param version the version that was acknowledged, 0 if none was
   */
  record Commit(
      int client,
      long epoch,
      int op,
      long base,
      long invoked,
      long completed,
      Outcome outcome,
      long version)
      implements Call {}

  /** What a commit's caller was told. */
  enum Outcome {
    COMMITTED,
    NO_EFFECT,
    FENCED,
    UNKNOWN
  }
}
