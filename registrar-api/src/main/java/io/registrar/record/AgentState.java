package io.registrar.record;

/** Where an agent stands with the master. */
public enum AgentState {
  /** Admitted, and as far as the master knows there. */
  REGISTERED,
  /** Admitted, but not heard of since some time; may come back. */
  UNREACHABLE,
  /** Gone for good by an operator's word; may not come back under this id. */
  GONE
}
