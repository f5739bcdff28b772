package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MemberId;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A stream to one member, with the queue of what waits to be sent. The queue is ours because gRPC's
 * own has no bound. Thread-safe.
 */
final class PeerStream {
  /** So many beats in a row must find the peer silent. */
  private static final int BEATS = 2;

  private final MemberId peer;
  private final Wire wire;
  private final NetworkLimits limits;
  private final Meter meter;
  private final Deque<PeerMessage> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean ended;
  private volatile long heard = System.nanoTime();
  private volatile long sent = System.nanoTime();
  private int silentBeats;

  PeerStream(MemberId peer, Wire wire, NetworkLimits limits, Meter meter) {
    this.peer = peer;
    this.wire = wire;
    this.limits = limits;
    this.meter = meter;
  }

  MemberId peer() {
    return peer;
  }

  /** Sends, or queues; false if there is no room, or the stream has ended. */
  synchronized boolean send(PeerMessage message) {
    if (ended) {
      return false;
    }
    if (waiting.isEmpty() && wire.isReady()) {
      handOver(message);
      return true;
    }
    if (waiting.size() >= limits.queueFrames()
        || waitingBytes + sizeOf(message) > limits.queueBytes()) {
      return false;
    }
    waiting.add(message);
    waitingBytes += sizeOf(message);
    return true;
  }

  /** The wire takes messages again. */
  synchronized void ready() {
    while (!ended && !waiting.isEmpty() && wire.isReady()) {
      PeerMessage next = waiting.remove();
      waitingBytes -= sizeOf(next);
      handOver(next);
    }
  }

  /** Notes that the peer lives, and asks for its next message. */
  void heard() {
    heard = System.nanoTime();
    wire.askForMore();
  }

  /**
   * Shows a sign of life where nothing was sent lately; says whether the peer has shown one. Called
   * again and again by one thread.
   */
  boolean beat(NetworkTiming timing) {
    long now = System.nanoTime();
    if (now - sent > timing.pulse().toNanos()) {
      synchronized (this) {
        // What waits will be the sign once it goes; a pulse behind it would only add to it.
        if (!ended && waiting.isEmpty() && wire.isReady()) {
          handOver(new PeerMessage.Pulse());
        }
      }
    }
    // After a pause of this process, what has arrived meanwhile is read between two beats.
    silentBeats = now - heard > timing.silence().toNanos() ? silentBeats + 1 : 0;
    return silentBeats < BEATS;
  }

  synchronized long bytesWaiting() {
    return waitingBytes;
  }

  /** Forgets what waits, and ends the connection. Idempotent. */
  void end(String why) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      waiting.clear();
      waitingBytes = 0;
    }
    wire.end(why);
  }

  private void handOver(PeerMessage message) {
    sent = System.nanoTime();
    wire.send(message);
    if (message instanceof PeerMessage.Frame frame) {
      meter.framesSent.increment();
      meter.bytesSent.add(frame.content().size());
    }
  }

  private static int sizeOf(PeerMessage message) {
    Bytes content = message instanceof PeerMessage.Frame frame ? frame.content() : Bytes.EMPTY;
    return content.size() + PeerMessageMarshaller.OVERHEAD;
  }
}
