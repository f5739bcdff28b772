package io.registrar.log;

/** What was asked for has been truncated: start from {@link #begin}. */
public final class EntriesGoneException extends LogException {
  private static final long serialVersionUID = 1L;
  private final long begin;

  EntriesGoneException(long asked, long begin) {
    super("position " + asked + " has been truncated; the log begins at " + begin, null);
    this.begin = begin;
  }

  /** The first position that is kept. */
  public long begin() {
    return begin;
  }
}
