package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The way out. Messages to this replica itself come back without crossing the network, under the
 * same rule.
 *
 * <ol>
 *   <li>A message leaves only when every record written before it was made is synced.
 *   <li>It shows the vitals of the synced state, so that a crash never makes a replica look set
 *       back.
 *   <li>A peer is written to in the highest version that both have shown to speak.
 * </ol>
 */
final class Mail {
  private static final int MOST_PEERS = 1024;

  private record Letter(MemberId to, Message message) {}

  private record Encoded(Message message, ProtocolVersion version, Bytes frame) {
    static Encoded of(Message message, ProtocolVersion version, Envelope envelope) {
      return new Encoded(message, version, EnvelopeCodec.encode(envelope, version));
    }

    @SuppressWarnings("ReferenceEquality") // The same object, or it is encoded again.
    boolean isOf(Message other, ProtocolVersion as) {
      return message == other && version == as;
    }
  }

  private final ReplicaConfig config;
  private final Held<Letter> letters;
  private final SortedMap<MemberId, ProtocolVersion> spoken = new TreeMap<>();
  private final List<Message> toSelf = new ArrayList<>();
  private final List<Letter> outbound = new ArrayList<>();

  Mail(ReplicaConfig config, Journal journal) {
    this.config = config;
    this.letters = new Held<>(journal);
  }

  void send(MemberId to, Message message) {
    letters.add(new Letter(to, message));
  }

  void heard(Envelope envelope) {
    MemberId peer = envelope.from().id();
    if (spoken.size() < MOST_PEERS || spoken.containsKey(peer)) {
      spoken.put(peer, envelope.version());
    }
  }

  /** Lets go of what may leave now. */
  void release() {
    for (Letter letter : letters.release()) {
      if (letter.to().equals(config.self())) {
        toSelf.add(letter.message());
      } else {
        outbound.add(letter);
      }
    }
  }

  List<Message> takeToSelf() {
    List<Message> taken = List.copyOf(toSelf);
    toSelf.clear();
    return taken;
  }

  /** Encodes what leaves with this step; what goes to several peers as it is, once. */
  List<Outgoing> takeOutbound(EnvelopeMaker maker) {
    List<Outgoing> frames = new ArrayList<>();
    Optional<Encoded> last = Optional.empty();
    for (Letter letter : outbound) {
      ProtocolVersion version = versionFor(letter.to());
      Optional<Encoded> same = last.filter(it -> it.isOf(letter.message(), version));
      Encoded encoded =
          same.orElseGet(() -> Encoded.of(letter.message(), version, maker.wrap(letter.message())));
      frames.add(new Outgoing(letter.to(), encoded.frame()));
      last = Optional.of(encoded);
    }
    outbound.clear();
    return frames;
  }

  void clear() {
    letters.clear();
    toSelf.clear();
    outbound.clear();
  }

  private ProtocolVersion versionFor(MemberId peer) {
    int newest = config.version().ordinal();
    ProtocolVersion lowest = ProtocolVersion.values()[Math.max(0, newest - 1)];
    return ProtocolVersion.lower(config.version(), spoken.getOrDefault(peer, lowest));
  }

  /** Puts a message into the envelope of this replica. */
  interface EnvelopeMaker {
    Envelope wrap(Message message);
  }
}
