package io.registrar.log.sim;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One stream of chance, split from a run's seed by name, so that drawing more from one stream (the
 * network's, say) never disturbs another (the disks').
 */
final class Chance {
  private final SplittableRandom random;

  private Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static Chance of(long seed, String stream) {
    return new Chance(mix(seed, stream.hashCode(), stream.length(), 0));
  }

  /**
   * A number that depends on its arguments alone: chance that needs no memory of what was drawn
   * before.
   */
  static long mix(long seed, long a, long b, long c) {
    long h = seed;
    h = scramble(h ^ (a + 0x9E3779B97F4A7C15L));
    h = scramble(h ^ (b + 0xC2B2AE3D27D4EB4FL));
    return scramble(h ^ (c + 0x165667B19E3779F9L));
  }

  private static long scramble(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }

  /** True in {@code perMille} of 1,000 draws. */
  boolean perMille(int perMille) {
    return random.nextInt(1000) < perMille;
  }

  /** A number from {@code low} to {@code high}, both included. */
  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long bits() {
    return random.nextLong();
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... from) {
    return from[random.nextInt(from.length)];
  }
}
