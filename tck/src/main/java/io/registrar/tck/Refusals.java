package io.registrar.tck;

import io.registrar.spi.StorageException;
import org.junit.jupiter.api.Assertions;

/** Calls that must fail, and in which way. */
final class Refusals {
  private Refusals() {}

  /** A call on a storage. */
  @FunctionalInterface
  interface Call {
    void make() throws StorageException;
  }

  /** Fails unless the call fails with this exception, with a message for a person. */
  static <E extends StorageException> E refused(Class<E> type, String call, Call made) {
    try {
      made.make();
    } catch (StorageException e) {
      if (type.isInstance(e)) {
        String message = String.valueOf(e.getMessage());
        Assertions.assertTrue(
            message.length() > 10 && message.contains(" "),
            () -> call + " failed rightly, but its message is no sentence: '" + message + "'");
        return type.cast(e);
      }
      throw new AssertionError(
          call + " had to fail with " + type.getSimpleName() + ", and failed with " + e, e);
    } catch (RuntimeException e) {
      throw new AssertionError(
          call + " had to fail with " + type.getSimpleName() + ", and threw the unchecked " + e, e);
    }
    throw new AssertionError(
        call + " had to fail with " + type.getSimpleName() + ", and did not fail");
  }
}
