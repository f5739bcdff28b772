package io.registrar.log.paxos;

/**
 * Where the core takes its entropy from: incarnations, nonces, ensemble ids and the spread of
 * timeouts. In production a {@code SecureRandom}; in a simulation a seeded generator.
 */
@FunctionalInterface
public interface RandomSource {
  /** Sixty-four random bits. */
  long nextLong();

  /** A number from {@code least} to {@code most}, both included. */
  default int between(int least, int most) {
    return least + (int) Long.remainderUnsigned(nextLong(), (long) most - least + 1);
  }
}
