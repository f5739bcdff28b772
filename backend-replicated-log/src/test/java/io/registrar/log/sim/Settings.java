package io.registrar.log.sim;

import io.registrar.log.paxos.Bounds;
import io.registrar.log.paxos.ProtocolVersion;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.paxos.Timing;
import java.util.EnumSet;
import java.util.Set;

/**
 * What one seed draws for itself: the size of the ensemble, which kinds of trouble it meets and how
 * much of each.
 */
final class Settings {
  private final Set<FaultClass> faults = EnumSet.noneOf(FaultClass.class);
  private final int members;
  private final int spares;
  private final long safetyMillis;
  private final int lossPerMille;
  private final int latePerMille;
  private final int stashPerMille;
  private final int twicePerMille;
  private final long lateMillis;
  private final long stashMillis;
  private final int slowSyncPerMille;
  private final long slowSyncMillis;
  private final long meanFaultGapMillis;
  private final long meanWorkGapMillis;
  private final boolean reckless;
  private final Bounds bounds;
  private final int oldVersionsPerMille;
  private final Timing timing;
  private final int ambushPerMille;
  private final int rivalPerMille;

  Settings(long seed, Set<FaultClass> allowed) {
    Chance chance = Chance.of(seed, "settings");
    // Classes that came later are drawn from streams of their own: a seed stays what it was.
    Chance later = Chance.of(seed, "later settings");
    Chance endings = Chance.of(seed, "settings of endings");
    for (FaultClass fault : FaultClass.all()) {
      Chance stream =
          switch (fault) {
            case RIVAL -> later;
            case ENDING -> endings;
            default -> chance;
          };
      boolean on = stream.perMille(500) || allowed.contains(FaultClass.EVERY);
      if (on && allowed.contains(fault)) {
        faults.add(fault);
      }
    }
    members = chance.oneOf(1, 3, 3, 3, 3, 3, 5, 5, 2, 4);
    spares = faults.contains(FaultClass.RECONFIGURE) ? chance.oneOf(1, 1, 2) : 0;
    safetyMillis = chance.between(3_000, 12_000);
    lossPerMille = rate(chance, FaultClass.LOSS, 300);
    latePerMille = rate(chance, FaultClass.LATE, 300);
    stashPerMille = rate(chance, FaultClass.STASH, 100);
    twicePerMille = rate(chance, FaultClass.TWICE, 300);
    lateMillis = chance.between(20, 400);
    stashMillis = chance.between(1_000, 10_000);
    slowSyncPerMille = rate(chance, FaultClass.SLOW_SYNC, 500);
    slowSyncMillis = chance.between(5, 500);
    meanFaultGapMillis = chance.between(100, 2_000);
    meanWorkGapMillis = chance.between(20, 400);
    reckless = chance.perMille(150);
    bounds =
        new Bounds(
            chance.oneOf(1_024, 65_536),
            chance.oneOf(2, 8, 64),
            chance.oneOf(1, 600, 1 << 20),
            chance.oneOf(0, 2, 64));
    oldVersionsPerMille = chance.oneOf(0, 0, 300);
    Timing plain = Timing.DEFAULT;
    timing =
        new Timing(
            chance.oneOf(2, 4, 6),
            plain.lease(),
            plain.grace(),
            plain.retry(),
            plain.backoff(),
            chance.oneOf(10, 25, 25),
            plain.silence(),
            plain.feedSilence());
    ambushPerMille = rate(chance, FaultClass.AMBUSH, 100);
    rivalPerMille = rate(later, FaultClass.RIVAL, 600);
  }

  /** Small limits, so that they are met. */
  ReplicaConfig configure(ReplicaConfig config) {
    boolean old =
        Math.floorMod(Chance.mix(oldVersionsPerMille, config.self().value(), 1, 1), 1_000)
            < oldVersionsPerMille;
    ReplicaConfig bounded = config.withBounds(bounds).withTiming(timing);
    return old ? bounded.withVersion(ProtocolVersion.V1) : bounded;
  }

  /**
   * Whether more disks may be lost than the others can make up for; then nothing but safety is
   * asked for.
   */
  boolean isReckless() {
    return reckless;
  }

  private int rate(Chance chance, FaultClass fault, int most) {
    int drawn = chance.below(most) + 1;
    return faults.contains(fault) ? drawn : 0;
  }

  boolean has(FaultClass fault) {
    return faults.contains(fault);
  }

  Set<FaultClass> faults() {
    return faults;
  }

  /** Processes that are members from the beginning. */
  int members() {
    return members;
  }

  /** Processes that an operator may add later; in the beginning they are members of nothing. */
  int spares() {
    return spares;
  }

  int processes() {
    return members + spares;
  }

  long safetyMillis() {
    return safetyMillis;
  }

  int lossPerMille() {
    return lossPerMille;
  }

  int latePerMille() {
    return latePerMille;
  }

  int stashPerMille() {
    return stashPerMille;
  }

  int twicePerMille() {
    return twicePerMille;
  }

  /** How many of the messages on which a position may hang meet a cut of the links. */
  int ambushPerMille() {
    return ambushPerMille;
  }

  /** How many of the requests to accept a membership make a rival of whoever receives them. */
  int rivalPerMille() {
    return rivalPerMille;
  }

  long lateMillis() {
    return lateMillis;
  }

  long stashMillis() {
    return stashMillis;
  }

  int slowSyncPerMille() {
    return slowSyncPerMille;
  }

  long slowSyncMillis() {
    return slowSyncMillis;
  }

  long meanFaultGapMillis() {
    return meanFaultGapMillis;
  }

  long meanWorkGapMillis() {
    return meanWorkGapMillis;
  }
}
