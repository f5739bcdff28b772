package io.registrar.spi;

/** What a {@link ChangeFeed} tells. */
public sealed interface ChangeEvent {
  /**
   * A commit, durable, the next one after the last that the feed gave (rule 9.1).
   *
   * @param version the version that it made
   * @param epoch the epoch of the session that committed it
   * @param batch what it wrote; shared by all feeds, so its arrays must not be changed
   */
  record Committed(long version, long epoch, Batch batch) implements ChangeEvent {}

  /** Nothing was committed within the time asked for. */
  record Quiet() implements ChangeEvent {}

  /**
   * The version asked for is too old: what followed it is no longer kept one by one, so start from
   * a snapshot (rule 9.2). Every later call answers the same.
   *
   * @param oldestVersion the oldest version after which a feed could start now
   */
  record StartFromSnapshot(long oldestVersion) implements ChangeEvent {}
}
