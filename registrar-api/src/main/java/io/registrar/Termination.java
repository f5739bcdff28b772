package io.registrar;

import io.registrar.spi.StorageException;
import java.util.Optional;

/**
 * Why a registrar has ended, for good.
 *
 * @param reason what sort of end it is
 * @param explanation a sentence for people
 * @param cause what the storage said, where it was the storage
 */
public record Termination(Reason reason, String explanation, Optional<StorageException> cause) {
  /** What sort of end it is. */
  public enum Reason {
    /** {@link Registrar#close} was called. */
    CLOSED,
    /** Another leader has taken over. */
    FENCED,
    /** It cannot be known whether the last commit took effect. */
    OUTCOME_UNKNOWN,
    /** The storage refuses to go on: damaged, incompatible, or closed underneath. */
    STORAGE_FAILED,
    /** A fault in the registrar or in an operation, which should be reported. */
    FAULT
  }
}
