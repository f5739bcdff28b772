package io.registrar.log.sim;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The kinds of trouble that a run may be given; each seed switches each of them on or off for
 * itself (swarm testing: Groce et al., 2012).
 */
enum FaultClass {
  LOSS,
  LATE,
  STASH,
  TWICE,
  PARTITION,
  CRASH,
  PAUSE,
  CLOCK,
  SLOW_SYNC,
  FAILED_SYNC,
  ROT,
  WIPE,
  STALE_COPY,
  TWIN,
  FOREIGN,
  RECONFIGURE,
  TRUNCATE,
  /** A disk is taken out and an empty one put in; later the former one is put back. */
  FORMER_DISK,
  /** Several processes want the coordinator's place within a few milliseconds. */
  DUEL,
  /** Links fail at the very moment at which a vote is asked for or given. */
  AMBUSH,
  /**
   * Whoever is asked to accept a membership wants to coordinate a moment later, and is not heard.
   */
  RIVAL,
  /** The others are told when a process has died. */
  ENDING,

  /** No trouble of its own: a seed switches on all that it is allowed, and not each by chance. */
  EVERY;

  /** Every kind of trouble, each of which a seed may switch on. */
  static Set<FaultClass> all() {
    return EnumSet.complementOf(EnumSet.of(EVERY));
  }

  /**
   * Reads a comma-separated list; the empty text and {@code all} mean every class of trouble,
   * {@code none} none.
   */
  static Set<FaultClass> parse(String list) {
    if (list.isBlank() || list.equals("all")) {
      return all();
    }
    EnumSet<FaultClass> classes = EnumSet.noneOf(FaultClass.class);
    if (!list.equals("none")) {
      for (String name : list.split(",")) {
        classes.add(valueOf(name.trim().toUpperCase(Locale.ROOT)));
      }
    }
    return classes;
  }
}
