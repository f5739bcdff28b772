package io.registrar.log.paxos;

/** Where a replica is in its life. */
public enum Phase {
  /** No log, no founding record: may be founded, or recover, or wait to be added. */
  EMPTY,
  /** Holds a founding record that nobody has yet been seen to share with all. */
  HOLDING,
  /** Learns what is chosen, and does not vote. */
  LEARNING,
  /** Votes. */
  VOTING,
  /** Has stopped for good, or must start anew: hears nothing and says nothing. */
  STOPPED
}
