package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection with one member, with the queue of what waits to be sent. Thread-safe.
 *
 * <p>Whoever sends writes by itself while the kernel takes the packet for certain: no other thread
 * has to be woken. Else the packet queues, and a thread of its own, which may wait, writes until
 * the queue is empty.
 */
final class PeerStream {
  /** So many beats in a row must find the peer silent. */
  private static final int BEATS = 2;

  private final MemberId peer;
  private final Connection connection;
  private final Runnable leave;
  private final ConnectionThreads threads;
  private final NetworkLimits limits;
  private final Meter meter;
  private final Deque<Packet> waiting = new ArrayDeque<>();
  private long waitingBytes;

  /** Somebody writes, or is about to. While there is a queue, somebody does. */
  private boolean writing;

  private Optional<String> ending = Optional.empty();
  private volatile long heard = System.nanoTime();
  private volatile long sent = System.nanoTime();
  private int silentBeats;

  /**
   * Makes one.
   *
   * @param leave closes the connection, at once or a moment after the last word
   */
  PeerStream(
      MemberId peer,
      Connection connection,
      Runnable leave,
      ConnectionThreads threads,
      NetworkLimits limits,
      Meter meter) {
    this.peer = peer;
    this.connection = connection;
    this.leave = leave;
    this.threads = threads;
    this.limits = limits;
    this.meter = meter;
  }

  MemberId peer() {
    return peer;
  }

  /** Sends, or queues; false if there is no room, or the stream has ended. Never waits. */
  boolean send(Packet packet) {
    boolean atOnce;
    synchronized (this) {
      if (ending.isPresent()) {
        return false;
      }
      atOnce = !writing && connection.takesAtOnce(packet);
      if (!atOnce) {
        if (waiting.size() >= limits.queueFrames()
            || waitingBytes + sizeOf(packet) > limits.queueBytes()) {
          return false;
        }
        waiting.add(packet);
        waitingBytes += sizeOf(packet);
        if (writing) {
          return true;
        }
      }
      writing = true;
    }
    if (atOnce) {
      write(packet);
      handOver();
    } else {
      writeOnAnotherThread();
    }
    return true;
  }

  /** What came into the queue while this thread wrote is for one that may wait. */
  private void handOver() {
    synchronized (this) {
      if (ending.isPresent() || waiting.isEmpty()) {
        writing = false;
        return;
      }
    }
    writeOnAnotherThread();
  }

  private void writeOnAnotherThread() {
    if (!threads.start(this::writeWhatWaits)) {
      end("no thread can be started to write to it");
    }
  }

  private void writeWhatWaits() {
    for (Packet next = take(); next != null; next = take()) {
      write(next);
    }
  }

  private synchronized @Nullable Packet take() {
    if (ending.isPresent() || waiting.isEmpty()) {
      writing = false;
      return null;
    }
    Packet next = waiting.remove();
    waitingBytes -= sizeOf(next);
    return next;
  }

  private void write(Packet packet) {
    sent = System.nanoTime();
    try {
      connection.write(packet);
    } catch (IOException e) {
      end("it cannot be written to: " + e.getMessage());
      return;
    }
    if (packet.kind() == Packet.Kind.FRAME) {
      meter.framesSent.increment();
      meter.bytesSent.add(packet.content().size());
    }
  }

  /** Notes that the peer lives, and lets it know what was taken in where it may wait for that. */
  void heard() {
    heard = System.nanoTime();
    if (connection.owesWord()) {
      send(Packet.pulse());
    }
  }

  /**
   * Shows a sign of life where nothing was sent lately; says whether the peer has shown one. Called
   * again and again by one thread.
   */
  boolean beat(NetworkTiming timing) {
    long now = System.nanoTime();
    // What waits will be the sign once it goes; a pulse behind it would only add to it.
    if (now - sent > timing.pulse().toNanos() && isIdle()) {
      send(Packet.pulse());
    }
    // After a pause of this process, what has arrived meanwhile is read between two beats.
    silentBeats = now - heard > timing.silence().toNanos() ? silentBeats + 1 : 0;
    return silentBeats < BEATS;
  }

  private synchronized boolean isIdle() {
    return ending.isEmpty() && !writing;
  }

  synchronized long bytesWaiting() {
    return waitingBytes;
  }

  /** Why it was ended from here; empty while it was not. */
  synchronized Optional<String> ending() {
    return ending;
  }

  /** Forgets what waits, says why if that needs no waiting, and leaves. Idempotent. */
  void end(String why) {
    Packet last = Packet.text(Packet.Kind.REFUSED, why);
    boolean says;
    synchronized (this) {
      if (ending.isPresent()) {
        return;
      }
      ending = Optional.of(why);
      waiting.clear();
      waitingBytes = 0;
      says = !writing && connection.takesAtOnce(last);
      writing = true;
    }
    if (says) {
      try {
        connection.write(last);
      } catch (IOException e) {
        // It has gone already: then there is nobody to be told.
        connection.close();
      }
    }
    leave.run();
  }

  private static int sizeOf(Packet packet) {
    return packet.content().size() + Connection.HEADER_BYTES;
  }
}
