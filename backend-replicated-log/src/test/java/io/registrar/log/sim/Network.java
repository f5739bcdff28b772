package io.registrar.log.sim;

import io.registrar.log.paxos.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages on their way, as encoded bytes. Every directed link loses, delays and doubles for
 * itself; a link may be cut, or stashed: then what is sent over it is kept, through elections and
 * recoveries, until it is released.
 */
final class Network {
  /** Takes what arrives. */
  interface Receiver {
    void receive(int from, int to, Bytes message);
  }

  /** Makes a rival of a process: {@code detail} says when, and for how long it is not heard. */
  interface Rivalry {
    void rise(int process, long detail);
  }

  /** Links are numbered {@code from * SPAN + to}, so that a set of them is one long. */
  static final int SPAN = 8;

  /** What a network holds back at most: each that arrives is answered, within one sync perhaps. */
  private static final int MOST_STASHED = 1_000;

  private record Kept(int from, int to, long life, Bytes message) {}

  private final Schedule schedule;
  private final Fates fates;
  private final Tally tally;
  private final Receiver receiver;
  private final Rivalry rivalry;
  private final long seed;
  private final long[] ordinals = new long[SPAN * SPAN];
  private final long[] lives = new long[SPAN];
  private final List<Kept> stash = new ArrayList<>();
  private long cut;
  private long cuts;
  private long stashing;

  Network(
      long seed, Schedule schedule, Fates fates, Tally tally, Receiver receiver, Rivalry rivalry) {
    this.seed = seed;
    this.schedule = schedule;
    this.fates = fates;
    this.tally = tally;
    this.receiver = receiver;
    this.rivalry = rivalry;
  }

  static long link(int from, int to) {
    return 1L << (from * SPAN + to);
  }

  void send(int from, int to, Bytes message, Fates.Traffic traffic) {
    long ordinal = ordinals[from * SPAN + to]++;
    Fate fate = fates.message(from, to, ordinal, traffic);
    if (fate.kind() == Fate.Kind.CUT) {
      tally.count("ambush");
      cutForAWhile(
          fate.detail(), 5 + Math.floorMod(Chance.mix(seed, from * SPAN + to, ordinal, 5), 300));
    }
    if (fate.kind() == Fate.Kind.RIVAL) {
      rivalry.rise(to, fate.detail());
    }
    if ((cut & link(from, to)) != 0) {
      tally.count("cut off");
      return;
    }
    if ((stashing & link(from, to)) != 0 && stash.size() >= MOST_STASHED) {
      tally.count("lost");
      return;
    }
    if ((stashing & link(from, to)) != 0) {
      tally.count("stashed");
      stash.add(new Kept(from, to, lives[to], message));
      return;
    }
    long plain = 1 + Math.floorMod(Chance.mix(seed, from * SPAN + to, ordinal, 3), 4);
    switch (fate.kind()) {
      case LOST -> tally.count("lost");
      case PLAIN, CUT, RIVAL -> arrive(plain, new Kept(from, to, lives[to], message));
      case LATE -> {
        tally.count("late");
        arrive(plain + fate.detail(), new Kept(from, to, lives[to], message));
      }
      case TWICE -> {
        tally.count("twice");
        arrive(plain, new Kept(from, to, lives[to], message));
        arrive(plain + fate.detail(), new Kept(from, to, lives[to], message));
      }
    }
  }

  private void arrive(long millis, Kept sent) {
    schedule.after(
        millis,
        () -> {
          if (sent.life() == lives[sent.to()]) {
            receiver.receive(sent.from(), sent.to(), sent.message());
          }
        });
  }

  /**
   * Another machine takes this one's place: what is under way to the former one does not come to
   * it, however late it is. To a process that is started again where it was, it does.
   */
  void replace(int process) {
    lives[process]++;
  }

  /** Cuts exactly these links and no others. */
  void cut(long links) {
    cut = links;
    cuts++;
  }

  void cutForAWhile(long links, long millis) {
    cut(links);
    long mine = cuts;
    schedule.after(
        millis,
        () -> {
          if (cuts == mine) {
            cut(0);
          }
        });
  }

  boolean isCut(int from, int to) {
    return (cut & link(from, to)) != 0;
  }

  void stash(long links) {
    stashing = links;
  }

  void release() {
    stashing = 0;
    for (Kept kept : stash) {
      arrive(1 + Math.floorMod(kept.message().size(), 5), kept);
    }
    stash.clear();
  }
}
