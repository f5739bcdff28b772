package io.registrar.log.registry;

import io.registrar.log.net.ClientAnswer;
import io.registrar.log.paxos.Bytes;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Header;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** A state that a member sends, part by part, as it is read. */
final class RemoteSnapshot implements Snapshot {
  private final ClientAnswer answer;
  private final Duration timeout;
  private final ClientParts.Head head;
  private final Queue<StoredRecord> ahead = new ArrayDeque<>();
  private volatile boolean closed;

  private RemoteSnapshot(ClientAnswer answer, Duration timeout, ClientParts.Head head) {
    this.answer = answer;
    this.timeout = timeout;
    this.head = head;
  }

  /** Waits for the head; the answer is closed with the snapshot, or if this fails. */
  static RemoteSnapshot of(ClientAnswer answer, Duration timeout) throws UnavailableException {
    try {
      Bytes first = answer.next(timeout).orElseThrow(() -> new IOException("the answer is empty"));
      return new RemoteSnapshot(answer, timeout, ClientParts.readHead(first));
    } catch (IOException e) {
      answer.close();
      throw RegistryClient.unavailable(e);
    }
  }

  @Override
  public long version() {
    return head.version();
  }

  @Override
  public long epoch() {
    return head.epoch();
  }

  @Override
  public Header header() {
    return head.header();
  }

  @Override
  public Optional<StoredRecord> next() throws StorageException {
    try {
      while (!closed && ahead.isEmpty()) {
        Optional<Bytes> part = answer.next(timeout);
        if (part.isEmpty()) {
          return Optional.empty();
        }
        ahead.addAll(ClientParts.readRecords(part.get()));
      }
    } catch (IOException e) {
      if (!closed) {
        throw RegistryClient.unavailable(e);
      }
    }
    if (closed) {
      throw new ClosedException("the snapshot of version " + version() + " was closed");
    }
    return Optional.ofNullable(ahead.poll());
  }

  @Override
  public void close() {
    closed = true;
    answer.close();
  }
}
