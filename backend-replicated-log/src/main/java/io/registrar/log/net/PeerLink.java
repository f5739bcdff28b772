package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All streams with one member. Thread-safe.
 *
 * <ol>
 *   <li>Each end dials, so there are two streams as a rule; one is enough.
 *   <li>A frame goes over the stream that last brought one from this member: an answer takes the
 *       way that its question came. So two processes under one id are each answered, and a member
 *       that can be heard can be told.
 *   <li>A newer stream replaces the older of its kind: a peer that has lost its connection knows
 *       before we do.
 *   <li>A visitor, which belongs to another ensemble, is heard but never answered, and takes
 *       nothing away from the member whose place it claims.
 * </ol>
 */
final class PeerLink {
  private final MemberId peer;
  private final Meter meter;
  private final LongAdder dropped = new LongAdder();
  private @Nullable PeerStream dialed;
  private @Nullable PeerStream accepted;
  private @Nullable PeerStream visitor;
  private volatile @Nullable PeerStream route;
  private volatile Optional<Member> shown = Optional.empty();

  PeerLink(MemberId peer, Meter meter) {
    this.peer = peer;
    this.meter = meter;
  }

  MemberId peer() {
    return peer;
  }

  void send(Bytes frame) {
    PeerStream way = route;
    if (way == null || !way.send(new Packet(Packet.Kind.FRAME, frame))) {
      dropped.increment();
      meter.framesDropped.increment();
    }
  }

  /** Sends to every process that is connected under this place. */
  void sendToAll(Packet packet) {
    members().forEach(stream -> stream.send(packet));
  }

  void dialed(PeerStream stream, Member as) {
    PeerStream before;
    synchronized (this) {
      before = dialed;
      dialed = stream;
      joined(stream, before, as);
    }
    replace(before);
  }

  void accepted(PeerStream stream, Member as) {
    PeerStream before;
    synchronized (this) {
      before = accepted;
      accepted = stream;
      joined(stream, before, as);
    }
    replace(before);
  }

  void visited(PeerStream stream) {
    PeerStream before;
    synchronized (this) {
      before = visitor;
      visitor = stream;
    }
    replace(before);
  }

  /** A frame came over this stream. */
  void heard(PeerStream stream) {
    if (route != stream) {
      synchronized (this) {
        if (stream == dialed || stream == accepted) {
          route = stream;
        }
      }
    }
  }

  /** Whether the stream is with a member of this ensemble, and has not been replaced. */
  synchronized boolean isMember(PeerStream stream) {
    return stream == dialed || stream == accepted;
  }

  synchronized void ended(PeerStream stream) {
    dialed = dialed == stream ? null : dialed;
    accepted = accepted == stream ? null : accepted;
    visitor = visitor == stream ? null : visitor;
    if (route == stream) {
      route = dialed != null ? dialed : accepted;
    }
  }

  /**
   * Does something if nobody is connected; says whether it did. No frame of a later connection is
   * handed over before it, which must not block, has returned.
   */
  synchronized boolean ifUnconnected(Runnable action) {
    boolean none = dialed == null && accepted == null;
    if (none) {
      action.run();
    }
    return none;
  }

  /** Shows signs of life, and ends the streams that have been silent for too long. */
  void beat(NetworkTiming timing) {
    List<PeerStream> streams = members();
    synchronized (this) {
      if (visitor != null) {
        streams.add(visitor);
      }
    }
    for (PeerStream stream : streams) {
      if (!stream.beat(timing)) {
        stream.end(peer + " has not been heard for " + timing.silence().toMillis() + " ms");
      }
    }
  }

  PeerState state(Optional<String> failure) {
    long bytes = members().stream().mapToLong(PeerStream::bytesWaiting).sum();
    return new PeerState(reach(), shown, dropped.sum(), bytes, failure);
  }

  private synchronized PeerState.Reach reach() {
    if (dialed != null) {
      return accepted != null ? PeerState.Reach.BOTH : PeerState.Reach.DIALED;
    }
    return accepted != null ? PeerState.Reach.ACCEPTED : PeerState.Reach.NONE;
  }

  void end(String why) {
    List<PeerStream> streams = members();
    synchronized (this) {
      if (visitor != null) {
        streams.add(visitor);
      }
    }
    streams.forEach(stream -> stream.end(why));
  }

  private synchronized List<PeerStream> members() {
    List<PeerStream> streams = new ArrayList<>();
    if (dialed != null) {
      streams.add(dialed);
    }
    if (accepted != null) {
      streams.add(accepted);
    }
    return streams;
  }

  private void joined(PeerStream stream, @Nullable PeerStream before, Member as) {
    shown = Optional.of(as);
    if (route == null || route == before) {
      route = stream;
    }
  }

  private static void replace(@Nullable PeerStream before) {
    if (before != null) {
      before.end("a newer connection took its place");
    }
  }
}
