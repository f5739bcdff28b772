package io.registrar.log.paxos;

/** Why a replica has stopped for good. A person decides what comes next. */
public enum StopReason {
  /** Another incarnation fills the place of this one. */
  REPLACED,
  /** The membership no longer names this place. */
  REMOVED,
  /** The place is filled by an incarnation that still answers: this is its later twin. */
  NOT_ADMITTED,
  /** Another process runs under this incarnation and has started later. */
  SUPERSEDED,
  /** It founded an ensemble alone, and another one names it, or has its members. */
  FOUNDED_ALONE,
  /** It is the only member, and its log is gone: restore a backup, or begin anew by command. */
  LOST_ALONE
}
