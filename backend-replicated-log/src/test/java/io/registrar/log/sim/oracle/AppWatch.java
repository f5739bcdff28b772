package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Footing;
import java.util.Optional;

/**
 * Checks what one process's application is told: I13, every chosen entry once and in order, with
 * the effect that everyone finds.
 */
public final class AppWatch {
  private final Ensembles ensembles;
  private final int host;
  private Optional<Footing> footing = Optional.empty();
  private long applied;

  AppWatch(Ensembles ensembles, int host) {
    this.ensembles = ensembles;
    this.host = host;
  }

  /** The last position that the application has. */
  public long applied() {
    return applied;
  }

  public Optional<Footing> footing() {
    return footing;
  }

  void replayed(Delivery.Replay replay, Image store) {
    long begin = replay.footing().base().begin().value();
    long through = replay.through().value();
    find(replay.footing())
        .ifPresent(
            e -> {
              e.requireFooting(replay.footing(), name());
              for (long p = begin; p <= through; p++) {
                Image.Written written = store.entries().get(p);
                if (written == null) {
                  throw new Violation(
                      "I13", name() + " is sent to read #" + p + ", which its store lacks");
                }
                e.requireChosen(p, written.entry(), name());
              }
            });
    footing = Optional.of(replay.footing());
    applied = through;
  }

  void chosen(Delivery.Chosen chosen) {
    long position = chosen.position().value();
    if (footing.isEmpty() || position != applied + 1) {
      throw new Violation("I13", name() + " is told #" + position + " after #" + applied);
    }
    find(footing.get())
        .ifPresent(
            e -> {
              e.requireChosen(position, chosen.entry(), name());
              boolean taken = chosen.effect() == Delivery.Effect.TAKEN;
              if (taken != e.history().after(position).taken()) {
                throw new Violation(
                    "I13",
                    name()
                        + " is told that #"
                        + position
                        + " is "
                        + chosen.effect()
                        + ": "
                        + chosen.entry());
              }
            });
    applied = position;
  }

  void truncated(Delivery.Truncated truncated) {
    footing = Optional.of(truncated.footing());
  }

  private Optional<Ensemble> find(Footing on) {
    return ensembles.find(on.base().ensemble());
  }

  private String name() {
    return "the application at process " + host;
  }
}
