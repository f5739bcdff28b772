package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MemberId;
import io.registrar.spi.Candidate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other members who leads, again and again while it lasts, and hears it from them. What
 * it says is for finding the leader; no fact rests on it. Thread-safe.
 */
final class Heralds implements AutoCloseable {
  /** What one member was told by another, and when. */
  private record Heard(Candidate candidate, long at) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Duration every;
  private final Duration valid;
  private final Supplier<Collection<MemberId>> others;
  private final BiConsumer<MemberId, byte[]> send;
  private @Nullable Candidate own;
  private @Nullable Heard heard;
  private @Nullable Thread speaker;
  private boolean closed;

  Heralds(
      Duration every,
      Duration valid,
      Supplier<Collection<MemberId>> others,
      BiConsumer<MemberId, byte[]> send) {
    this.every = every;
    this.valid = valid;
    this.others = others;
    this.send = send;
  }

  /** From now on this member's candidate leads. */
  void leads(Candidate candidate) {
    lock.lock();
    try {
      own = candidate;
      heard = null;
      changed.signalAll();
      if (speaker == null && !closed) {
        Thread fresh = new Thread(this::speak, "log-herald");
        fresh.setDaemon(true);
        speaker = fresh;
        fresh.start();
      }
    } finally {
      lock.unlock();
    }
  }

  void leadsNoMore() {
    lock.lock();
    try {
      own = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void speak() {
    lock.lock();
    try {
      Candidate leader = own;
      while (leader != null && !closed) {
        tell(Optional.of(leader));
        changed.awaitNanos(every.toNanos());
        leader = own;
      }
      tell(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      speaker = null;
      lock.unlock();
    }
  }

  /** Never blocks: a note may be lost. */
  private void tell(Optional<Candidate> leader) {
    byte[] note = encode(leader);
    others.get().forEach(member -> send.accept(member, note));
  }

  /** A note has come; the first byte only marks it as one. */
  void noted(MemberId from, Bytes note) {
    Optional<Candidate> said;
    try {
      said = decode(note);
    } catch (IOException | IllegalArgumentException e) {
      return; // from outside, and no note of ours
    }
    lock.lock();
    try {
      heard = said.map(candidate -> new Heard(candidate, System.nanoTime())).orElse(null);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Who leads; waits for a few rounds until somebody says so. */
  Optional<Candidate> leader(Deadline deadline) throws InterruptedException {
    long left = Math.min(deadline.leftNanos(), 3 * every.toNanos());
    lock.lockInterruptibly();
    try {
      while (known().isEmpty() && !others.get().isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return known();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Candidate> known() {
    Heard last = heard;
    if (own != null) {
      return Optional.of(own);
    }
    return last != null && System.nanoTime() - last.at() < valid.toNanos()
        ? Optional.of(last.candidate())
        : Optional.empty();
  }

  private static byte[] encode(Optional<Candidate> leader) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeBoolean(leader.isPresent());
      if (leader.isPresent()) {
        out.writeUTF(leader.get().id());
        out.writeUTF(leader.get().address());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static Optional<Candidate> decode(Bytes note) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(note.toArray()))) {
      in.skipNBytes(1);
      return in.readBoolean()
          ? Optional.of(new Candidate(in.readUTF(), in.readUTF()))
          : Optional.empty();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
