package io.registrar.spi;

/**
 * What a storage promises beyond the base of the contract. A call that belongs to a capability that
 * is not declared fails with {@link NotSupportedException}; a capability that is declared is tested
 * by the kit and cannot be skipped (rule 10).
 */
public enum Capability {
  /**
   * Acknowledged commits survive the death of every process and a power loss (2.2, 6.2). Without
   * it, the registry lives and dies with its process.
   */
  DURABLE,
  /** Several processes may have the same registry open at once. Without it, rule 6.3 holds. */
  SHARED,
  /** {@link Storage#election()} elects one leader among candidates (rule 8). */
  ELECTION,
  /** {@link Storage#changes(long)} follows the commits of any session (rule 9). */
  CHANGES
}
