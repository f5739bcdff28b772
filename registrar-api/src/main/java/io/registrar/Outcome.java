package io.registrar;

/**
 * What became of an operation. Given only once it is durable, so far as it is to be.
 *
 * @param <R> what the operation tells its caller
 */
public sealed interface Outcome<R> {
  /**
   * The operation changed records, and they are as durable as the storage promises.
   *
   * @param result what the operation answered
   * @param version the commit that carries the change
   */
  record Applied<R>(R result, long version) implements Outcome<R> {}

  /**
   * The operation found all as it should be and changed nothing.
   *
   * @param result what the operation answered
   * @param version a durable version at which that was so
   */
  record Unchanged<R>(R result, long version) implements Outcome<R> {}

  /**
   * The operation does not apply; nothing was changed.
   *
   * @param cause what sort of refusal it is
   * @param reason why, in a sentence
   */
  record Refused<R>(Refusal.Cause cause, String reason) implements Outcome<R> {}
}
