package io.registrar.log.paxos;

/**
 * Asks the shell to read chosen entries from its store, for a peer that catches up. Answered by
 * {@link Input.Loaded} or {@link Input.Damaged}; at most one is open a peer.
 *
 * @param to whom they are for
 * @param from the first position
 * @param through the last position wanted
 * @param most bytes of entries after which to stop; one entry is always read
 */
public record Load(MemberId to, Position from, Position through, int most) {}
