package io.registrar.log.sim;

import java.util.List;

/**
 * Fates drawn from the seed at the rates of the settings; each one that departs from the plain
 * course is written down.
 */
final class SeededFates implements Fates {
  private final Settings settings;
  private final Chance network;
  private final Chance ambush;
  private final Chance disks;
  private final Chance rivals;
  private final List<Decision> written;
  private boolean quiet;

  SeededFates(long seed, Settings settings, List<Decision> written) {
    this.settings = settings;
    this.network = Chance.of(seed, "network");
    this.ambush = Chance.of(seed, "ambush");
    this.disks = Chance.of(seed, "disks");
    this.rivals = Chance.of(seed, "rivals");
    this.written = written;
  }

  @Override
  public void quiet() {
    quiet = true;
  }

  @Override
  public Fate message(int from, int to, long ordinal, Traffic traffic) {
    Fate fate = quiet ? Fate.PLAIN : draw(traffic);
    if (fate.kind() != Fate.Kind.PLAIN) {
      written.add(new Decision.OnMessage(from, to, ordinal, fate));
    }
    return fate;
  }

  private Fate draw(Traffic traffic) {
    if (traffic == Traffic.MEMBERSHIP && rivals.perMille(settings.rivalPerMille())) {
      return new Fate(Fate.Kind.RIVAL, rivals.between(0, 2_000));
    }
    if (traffic != Traffic.OTHER && ambush.perMille(settings.ambushPerMille())) {
      return new Fate(Fate.Kind.CUT, Partition.draw(ambush, settings.processes()));
    }
    int roll = network.below(1000);
    if (roll < settings.lossPerMille()) {
      return new Fate(Fate.Kind.LOST, 0);
    }
    roll -= settings.lossPerMille();
    if (roll < settings.latePerMille()) {
      return new Fate(Fate.Kind.LATE, network.between(10, settings.lateMillis()));
    }
    roll -= settings.latePerMille();
    if (roll < settings.stashPerMille()) {
      return new Fate(
          Fate.Kind.LATE, network.between(settings.lateMillis(), settings.stashMillis()));
    }
    roll -= settings.stashPerMille();
    return roll < settings.twicePerMille()
        ? new Fate(Fate.Kind.TWICE, network.between(1, settings.stashMillis()))
        : Fate.PLAIN;
  }

  @Override
  public long sync(int node, long ordinal, long now) {
    if (quiet || !disks.perMille(settings.slowSyncPerMille())) {
      return 1;
    }
    long millis = disks.between(2, settings.slowSyncMillis());
    written.add(new Decision.OnSync(node, ordinal, millis));
    return millis;
  }
}
