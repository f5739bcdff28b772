package io.registrar.log.paxos;

/** What a wish comes to at the position that is free now. */
sealed interface Draft {
  /** This is to be proposed. */
  record Propose(Content content) implements Draft {}

  /** An entry of the coordinator's own ballot must be chosen first. */
  record BarrierFirst() implements Draft {}

  /** Nothing yet: what it needs may still be heard. It is asked again, before any later wish. */
  record Later() implements Draft {}

  /** It can have no effect any more. */
  record Refuse(Settlement.Reason reason) implements Draft {}
}
