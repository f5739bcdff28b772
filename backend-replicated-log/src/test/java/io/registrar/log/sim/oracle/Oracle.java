package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Envelope;
import io.registrar.log.paxos.LogBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The judge of a run. It sees what clients ask and are told, every message as it leaves and every
 * record as it becomes durable, and holds them against the invariants I1 to I19; I20 and I21 are
 * the run's own. It calls none of the protocol's code but the codecs and the types that they decode
 * to: a second reader of the same bytes would prove nothing about the protocol. Votes are counted,
 * ballots compared and the log interpreted here.
 */
public final class Oracle {
  private final Ensembles ensembles = new Ensembles();
  private final WireWatch wire = new WireWatch(ensembles);
  private final Sessions sessions = new Sessions();
  private final Leases leases = new Leases();
  private final Map<Integer, DiskWatch> disks = new HashMap<>();
  private final Map<Integer, AppWatch> apps = new HashMap<>();

  public Ensembles ensembles() {
    return ensembles;
  }

  /** No clock of this run is wrong and no process stands still: then leases exclude each other. */
  public void clocksAreRight() {
    leases.clocksAreRight();
  }

  /** Another process takes this one's number. */
  public void forgets(int host) {
    disks.remove(host);
    leases.ended(host);
  }

  /** A process is dead. */
  public void died(int host) {
    leases.ended(host);
  }

  public Sessions sessions() {
    return sessions;
  }

  public AppWatch app(int host) {
    return apps.get(host);
  }

  public Image image(int host) {
    return disks.get(host).image();
  }

  /**
   * A process starts on what its disk has kept; if that is all that was ever durable there, nothing
   * may be missing (I4).
   */
  public void starts(int host, List<DurableRecord> kept, Kept how) {
    Image image = new Image();
    kept.forEach(image::apply);
    if (how == Kept.ALL && disks.containsKey(host)) {
      requireNoneLost(host, disks.get(host).image(), image);
    }
    disks.put(host, new DiskWatch(ensembles, host, image));
    apps.put(host, new AppWatch(ensembles, host));
  }

  /** How much of what was durable a disk still holds when a process starts on it. */
  public enum Kept {
    ALL,
    LESS
  }

  private static void requireNoneLost(int host, Image before, Image after) {
    if (before.promised().isAbove(after.promised())) {
      throw new Violation(
          "I4",
          "process "
              + host
              + " promised "
              + before.promised()
              + " and starts with "
              + after.promised());
    }
    if (before.end() > after.end() || before.votesAfter() > after.votesAfter()) {
      throw new Violation(
          "I4",
          "process " + host + " had come to #" + before.end() + " and starts with #" + after.end());
    }
  }

  public void persisted(int host, DurableRecord record) {
    DiskWatch disk = disks.get(host);
    disk.persisted(record);
    disk.image().ensemble().flatMap(ensembles::find).ifPresent(this::advance);
  }

  private void advance(Ensemble e) {
    long before = e.history().through();
    e.advance();
    sessions.read(before + 1, e);
  }

  public void sent(int host, Envelope envelope) {
    wire.sent(disks.get(host), envelope);
    if (envelope.sightings().size() > 64) {
      throw new Violation(
          "I18", "process " + host + " passes on " + envelope.sightings().size() + " sightings");
    }
  }

  /** What an application is told; {@code store} is what its store holds by then, synced or not. */
  public void told(int host, Delivery delivery, Image store) {
    if (delivery instanceof Delivery.Replay it) {
      apps.get(host).replayed(it, store);
      known(host);
    } else if (delivery instanceof Delivery.Chosen it) {
      apps.get(host).chosen(it);
      known(host);
    } else if (delivery instanceof Delivery.Truncated it) {
      apps.get(host).truncated(it);
    } else {
      leases.told(host, delivery);
      answered(host, delivery);
    }
  }

  private void known(int host) {
    AppWatch app = apps.get(host);
    ensembles
        .ours()
        .filter(e -> app.footing().map(on -> on.base().ensemble()).equals(ensembles.ourId()))
        .ifPresent(e -> sessions.told(e, app.applied()));
  }

  private void answered(int host, Delivery delivery) {
    Optional<Ensemble> ensemble = disks.get(host).image().ensemble().flatMap(ensembles::find);
    if (ensemble.isEmpty()) {
      return;
    }
    Ensemble e = ensemble.get();
    if (delivery instanceof Delivery.Acquired it) {
      sessions.acquired(e, it.request(), it.epoch(), it.position().value());
      requireApplied(host, it.position().value());
    } else if (delivery instanceof Delivery.Confirmed it) {
      sessions.confirmed(it.request(), it.epoch());
    } else if (delivery instanceof Delivery.Readable it) {
      sessions.readable(e, it.request(), it.position().value());
      requireApplied(host, it.position().value());
    } else if (delivery instanceof Delivery.Settled it) {
      sessions.settled(e, it.request(), it.settlement());
    }
  }

  /** Whether a base that a process would cut at says what stood there. */
  public boolean agrees(Ensemble ensemble, LogBase base) {
    return ensemble.history().agrees(base, ensemble.votes());
  }

  private void requireApplied(int host, long position) {
    if (apps.get(host).applied() < position) {
      throw new Violation(
          "I13",
          "process "
              + host
              + " answers for #"
              + position
              + " and has applied #"
              + apps.get(host).applied());
    }
  }
}
