package io.registrar.log.paxos;

import java.util.List;
import java.util.Optional;

/**
 * A message with who sent it, as it crosses the network.
 *
 * @param version the newest protocol version that the sender speaks
 * @param ensemble of the sender; empty while it has none
 * @param from who sends
 * @param vitals of the sender's durable state when it was sent
 * @param sightings what the sender has seen of the other members, passed on
 * @param message what it says
 */
public record Envelope(
    ProtocolVersion version,
    Optional<EnsembleId> ensemble,
    Member from,
    Vitals vitals,
    List<Sighting> sightings,
    Message message) {
  /** More sightings than this are not passed on in one message. */
  static final int MOST_SIGHTINGS = 32;

  /** Copies the list. */
  public Envelope {
    sightings = List.copyOf(sightings);
  }
}
