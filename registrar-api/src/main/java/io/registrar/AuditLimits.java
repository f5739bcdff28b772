package io.registrar;

/**
 * How much history is kept: the oldest entries go when either bound is passed.
 *
 * @param entries the most entries, 1 or more
 * @param bytes the most bytes that their values take together, 1 KiB or more
 */
public record AuditLimits(int entries, long bytes) {
  /** Ten thousand entries, in at most 4 MiB. */
  public static final AuditLimits DEFAULT = new AuditLimits(10_000, 4 * 1024 * 1024);

  /**
   * @throws IllegalArgumentException if a bound is too small to keep anything
   */
  public AuditLimits {
    if (entries < 1 || bytes < 1024) {
      throw new IllegalArgumentException(
          "the history keeps at least 1 entry and 1024 bytes; got " + entries + " and " + bytes);
    }
  }
}
