package io.registrar.log.paxos;

/**
 * A message to send. It may be lost; it must not be altered.
 *
 * @param to the member's place; whoever is connected under it
 * @param frame the encoded {@link Envelope} ({@link EnvelopeCodec})
 */
public record Outgoing(MemberId to, Bytes frame) {}
