package io.registrar.log.registry;

import io.registrar.log.net.ClientAnswer;
import io.registrar.log.paxos.Bytes;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes that a member sends; asked for again from where it was, when the member was lost. */
final class RemoteFeed implements ChangeFeed {
  /** Asks for what follows a version. */
  interface Asking {
    ClientAnswer after(long version) throws UnavailableException;
  }

  private final Asking asking;
  private long version;
  private Optional<ChangeEvent> last = Optional.empty();
  private volatile boolean closed;
  private volatile @Nullable ClientAnswer answer;

  RemoteFeed(Asking asking, long afterVersion) {
    this.asking = asking;
    this.version = afterVersion;
  }

  @Override
  public ChangeEvent next(Duration timeout) throws StorageException {
    requireOpen();
    if (last.isPresent()) {
      return last.get();
    }
    ClientAnswer current = answer;
    if (current == null) {
      current = asking.after(version);
      answer = current;
      if (closed) {
        // Closed meanwhile, by somebody who did not see it yet.
        current.close();
      }
    }
    try {
      ChangeEvent event = read(current.next(timeout));
      if (event instanceof ChangeEvent.Committed commit) {
        version = commit.version();
      } else {
        last = Optional.of(event);
      }
      return event;
    } catch (SocketTimeoutException quiet) {
      return new ChangeEvent.Quiet();
    } catch (IOException e) {
      current.close();
      answer = null;
      requireOpen();
      throw RegistryClient.unavailable(e);
    }
  }

  private static ChangeEvent read(Optional<Bytes> part) throws IOException {
    return ClientParts.readChange(
        part.orElseThrow(() -> new IOException("the member has ended its answer")));
  }

  private void requireOpen() throws ClosedException {
    if (closed) {
      throw new ClosedException("the feed was closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    ClientAnswer current = answer;
    if (current != null) {
      current.close();
    }
  }
}
