package io.registrar;

import java.time.Duration;
import java.util.Optional;

/**
 * Is told what a registrar does, for metrics. Called on the registrar's own threads and on those of
 * callers that wait: it must return at once. What it throws is logged, and has no other effect.
 */
public interface RegistrarObserver {
  /** Watches nothing. */
  RegistrarObserver NONE = new RegistrarObserver() {};

  /**
   * The registry was recovered.
   *
   * @param fetch how long it took to acquire it and to read all records
   * @param records how many records there were
   * @param bytes how many bytes their values took
   */
  default void recovered(Duration fetch, long records, long bytes) {}

  /** A batch of operations was answered. */
  default void answered(BatchReport report) {}

  /** Operations failed, or were not accepted. */
  default void failed(Failure failure, int operations) {}

  /**
   * What became of one batch.
   *
   * @param operations how many operations were in it
   * @param unchanged how many of them changed nothing
   * @param refused how many of them were refused
   * @param records how many records it put or deleted
   * @param bytes its size as limits count it; 0 if nothing was written
   * @param store how long the commit took; empty if nothing was written
   */
  record BatchReport(
      int operations,
      int unchanged,
      int refused,
      int records,
      long bytes,
      Optional<Duration> store) {}

  /** How operations fail. */
  enum Failure {
    /** The queue was full. */
    BUSY,
    /** The storage could not be reached; no effect. */
    UNREACHABLE,
    /** Another leader has taken over. */
    FENCED,
    /** It cannot be known whether they took effect. */
    OUTCOME_UNKNOWN,
    /** The storage refuses to go on. */
    STORAGE_FAILED,
    /** The registrar had ended before. */
    ENDED,
    /** An operation or the registrar threw what it should not. */
    FAULT
  }
}
