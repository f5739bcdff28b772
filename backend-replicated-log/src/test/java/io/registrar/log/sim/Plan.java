package io.registrar.log.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws from a seed everything that is done at a certain time: faults, their repairs, the work of
 * clients and of operators.
 */
final class Plan {
  private final Settings settings;
  private final Chance crash;
  private final Chance links;
  private final Chance work;
  private final Chance duel;
  private final Chance endings;
  private final List<Decision> decisions = new ArrayList<>();

  private Plan(long seed, Settings settings) {
    this.settings = settings;
    this.crash = Chance.of(seed, "crash");
    this.links = Chance.of(seed, "links");
    this.duel = Chance.of(seed, "duels");
    this.endings = Chance.of(seed, "endings");
    this.work = Chance.of(seed, "workload");
  }

  static List<Decision> draw(long seed, Settings settings) {
    Plan plan = new Plan(seed, settings);
    plan.work();
    plan.processFaults();
    plan.linkFaults();
    plan.duels();
    plan.endings();
    return plan.decisions;
  }

  private void at(long time, Verb verb, int node, long argument) {
    decisions.add(new Decision.At(time, new Action(verb, node, argument)));
  }

  private void work() {
    long time = work.between(50, 500);
    while (time < settings.safetyMillis()) {
      int node = work.below(settings.processes());
      int roll = work.below(100);
      if (roll < 18) {
        at(time, Verb.ACQUIRE, node, 0);
      } else if (roll < 62) {
        at(time, Verb.COMMIT, node, work.between(1, 4));
      } else if (roll < 69) {
        at(time, Verb.READ, node, 0);
      } else if (roll < 79) {
        at(time, Verb.CONFIRM, node, 0);
      } else if (roll < 86) {
        at(time, work.perMille(700) ? Verb.CAMPAIGN : Verb.RESIGN, node, 0);
      } else if (roll < 93 && settings.has(FaultClass.TRUNCATE)) {
        at(time, Verb.TRUNCATE, node, work.between(0, 3));
      } else if (settings.has(FaultClass.RECONFIGURE)) {
        int subject = work.below(settings.processes());
        at(time, work.perMille(500) ? Verb.ADD_MEMBER : Verb.REMOVE_MEMBER, node, subject);
      }
      time += 1 + work.between(0, 2 * settings.meanWorkGapMillis());
    }
  }

  private void processFaults() {
    List<FaultClass> kinds = new ArrayList<>();
    for (FaultClass fault :
        List.of(
            FaultClass.CRASH,
            FaultClass.PAUSE,
            FaultClass.CLOCK,
            FaultClass.SLOW_SYNC,
            FaultClass.FAILED_SYNC,
            FaultClass.ROT,
            FaultClass.WIPE,
            FaultClass.STALE_COPY,
            FaultClass.TWIN,
            FaultClass.FOREIGN,
            FaultClass.FORMER_DISK)) {
      if (settings.has(fault)) {
        kinds.add(fault);
      }
    }
    long time = crash.between(100, 1_500);
    while (!kinds.isEmpty() && time < settings.safetyMillis()) {
      strike(crash.pick(kinds), time, crash.below(settings.processes()));
      time += 1 + crash.between(0, 2 * settings.meanFaultGapMillis());
    }
  }

  private void strike(FaultClass kind, long time, int node) {
    long later = time + crash.between(20, crash.oneOf(100, 1_000, 4_000));
    switch (kind) {
      case CRASH -> {
        at(time, Verb.CRASH, node, crash.oneOf(0, 0, 1, 2, 3, 8));
        at(later, Verb.RESTART, node, 0);
      }
      case PAUSE -> {
        at(time, Verb.PAUSE, node, 0);
        at(later, Verb.RESUME, node, 0);
      }
      case CLOCK ->
          at(time, Verb.CLOCK, node, crash.oneOf(100, 500, 900, 1_000, 1_100, 2_000, 10_000));
      case SLOW_SYNC -> {
        at(time, Verb.SLOW_DISK, node, crash.between(1, 300));
        at(later, Verb.SLOW_DISK, node, 0);
      }
      case FAILED_SYNC -> {
        at(time, Verb.FAIL_SYNC, node, crash.between(0, 3));
        at(later, Verb.RESTART, node, 0);
      }
      case ROT -> {
        at(time, Verb.ROT, node, crash.between(0, 8));
        at(time + 1, Verb.CRASH, node, 0);
        at(later, Verb.RESTART, node, 0);
      }
      case WIPE -> {
        at(time, Verb.WIPE, node, crash.between(0, 1));
        at(later, Verb.RESTART, node, 0);
      }
      case STALE_COPY -> {
        at(Math.max(0, time - crash.between(1, 2_000)), Verb.SAVE_COPY, node, 0);
        at(time, Verb.RESTORE_COPY, node, 0);
        at(later, Verb.RESTART, node, 0);
      }
      case TWIN -> {
        at(Math.max(0, time - crash.between(0, 2_000)), Verb.SAVE_COPY, node, 0);
        at(time, Verb.START_TWIN, node, 0);
      }
      case FORMER_DISK -> {
        at(time, Verb.SWAP_DISK, node, 0);
        at(later, Verb.RESTART, node, 0);
        long back = later + crash.between(200, 4_000);
        long again = back + crash.between(1, 200);
        if (back < settings.safetyMillis()) {
          at(back, Verb.PUT_BACK, node, 0);
          at(again, Verb.RESTART, node, 0);
        }
      }
      case FOREIGN ->
          at(time, Verb.START_FOREIGN, node, crash.below(settings.processes()) + crash.oneOf(0, 8));
      default -> throw new IllegalArgumentException("not a fault of a process: " + kind);
    }
  }

  private void duels() {
    long time = duel.between(100, 2_000);
    while (settings.has(FaultClass.DUEL) && time < settings.safetyMillis()) {
      int who = duel.below(1 << settings.processes());
      for (int node = 0; node < settings.processes(); node++) {
        if ((who >>> node & 1) != 0) {
          long begins = time + duel.between(0, 30);
          at(begins, Verb.ACQUIRE, node, 0);
          at(begins + duel.between(5, 100), Verb.COMMIT, node, 1);
        }
      }
      time += 1 + duel.between(0, 2 * settings.meanFaultGapMillis());
    }
  }

  /** Whoever was connected to a process that dies notices, sooner or later, or not at all. */
  private void endings() {
    if (!settings.has(FaultClass.ENDING)) {
      return;
    }
    for (Decision decision : List.copyOf(decisions)) {
      if (decision instanceof Decision.At at && at.action().verb().kills()) {
        for (int node = 0; node < settings.processes(); node++) {
          if (node != at.action().node() && endings.perMille(700)) {
            long noticed = at.time() + endings.between(1, endings.oneOf(20, 20, 200));
            at(noticed, Verb.TELL_ENDED, node, at.action().node());
          }
        }
      }
    }
  }

  private void linkFaults() {
    boolean cuts = settings.has(FaultClass.PARTITION);
    boolean stashes = settings.has(FaultClass.STASH);
    long time = links.between(100, 2_000);
    while ((cuts || stashes) && time < settings.safetyMillis()) {
      long until = time + links.between(20, links.oneOf(200, 2_000, 8_000));
      if (cuts && (!stashes || links.perMille(500))) {
        at(time, Verb.CUT_LINKS, 0, Partition.draw(links, settings.processes()));
        at(until, Verb.HEAL_LINKS, 0, 0);
      } else {
        at(time, Verb.STASH, 0, Partition.draw(links, settings.processes()));
        at(until, Verb.RELEASE, 0, 0);
      }
      time = until + links.between(1, 2 * settings.meanFaultGapMillis());
    }
  }
}
