package io.registrar.example.fleet;

import java.util.ArrayList;
import java.util.List;

/** What a fleet has seen so far. Written under the fleet's lock, and read by anyone for show. */
final class Tally {
  private static final int MOST_SHOWN = 20;

  volatile long acknowledged;
  volatile long unknown;
  volatile int restarts;
  volatile int inFlight;
  private final List<String> broken = new ArrayList<>();
  private int brokenCount;

  /** The master has not kept its word. */
  synchronized void broken(String how) {
    brokenCount++;
    if (broken.size() < MOST_SHOWN) {
      broken.add(how);
    }
  }

  /** How often the master has not kept its word. */
  synchronized int brokenCount() {
    return brokenCount;
  }

  /** The first times that the master has not kept its word. */
  synchronized List<String> broken() {
    return List.copyOf(broken);
  }
}
