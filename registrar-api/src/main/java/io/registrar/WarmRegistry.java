package io.registrar;

import io.registrar.record.Records;
import io.registrar.record.RecordsFollower;
import io.registrar.record.Registry;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the registry that is kept up to date while another master leads, read, decoded and
 * verified once, and then changed by every commit. So {@link Registrar#recover(Storage,
 * RegistrarOptions, WarmRegistry)} costs what was committed last, and not the whole registry. It
 * needs a storage whose changes can be followed ({@code Capability.CHANGES}).
 *
 * <p>It fences nobody and promises nothing: a copy that cannot be had, or is not the registry, only
 * means that the recovery reads all of it. One thread follows, until {@link #close}. Thread-safe.
 */
public final class WarmRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmRegistry.class);

  /** Short, because a storage that is closed waits for it. */
  private static final Duration READ = Duration.ofSeconds(1);

  private static final Duration LISTEN = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 200;

  /** Longer than applying what may be waiting takes; reading all anew would take longer yet. */
  private static final Duration CATCHES_UP = Duration.ofSeconds(2);

  private final Storage storage;
  private final RegistryReader reader;
  private final RecordsFollower follower;
  private final WarmCopy copy = new WarmCopy();
  private final AtomicReference<@Nullable ChangeFeed> open = new AtomicReference<>();

  private WarmRegistry(Storage storage, RegistrarOptions options) {
    this.storage = storage;
    this.reader = new RegistryReader(storage, options);
    this.follower = new RecordsFollower(options.types());
  }

  /**
   * Begins to follow.
   *
   * @param storage where the registry is; it stays open, and is closed after this
   * @param options those that this master would lead with
   */
  public static WarmRegistry follow(Storage storage, RegistrarOptions options) {
    WarmRegistry warm = new WarmRegistry(storage, options);
    Thread thread = new Thread(warm::run, "registrar-warm-copy");
    thread.setDaemon(true);
    thread.start();
    return warm;
  }

  /** The copy, as far as it has come. */
  public Optional<Registry> latest() {
    return copy.latest();
  }

  /**
   * Waits until there is a copy: a master that has none yet had better leave the lead to one that
   * has.
   *
   * @return false if the time has run out, or what was read must not be led, or it was closed
   */
  public boolean awaitCopy(Duration timeout) throws InterruptedException {
    return copy.await(timeout);
  }

  /** The records of exactly this version; waits a little for the copy to come so far. */
  Optional<Records> at(long version) {
    try {
      return copy.await(version, CATCHES_UP).map(Registry::records);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void run() {
    String told = "";
    try {
      while (!copy.isClosed()) {
        try {
          follow(reader.read(READ));
          told = "";
        } catch (UnavailableException | ClosedException e) {
          LOG.debug("no copy of the registry is kept warm for now", e);
        } catch (StorageException | RecoveryException | IllegalArgumentException e) {
          String reason = String.valueOf(e.getMessage());
          if (!reason.equals(told)) { // it is tried again all the time
            LOG.warn("no copy of the registry can be kept warm: {}", reason);
          }
          told = reason;
          copy.refuse();
        }
        copy.drop();
        copy.pause(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      LOG.debug("the warm copy is given up", e);
    }
  }

  /** Until the feed asks for a new start, or this is closed. */
  private void follow(Registry read) throws StorageException, InterruptedException {
    Registry now = read;
    copy.keep(now);
    try (ChangeFeed feed = storage.changes(now.version())) {
      open.set(feed);
      // Whoever closes this either finds the feed, or is found to have closed.
      boolean goesOn = !copy.isClosed();
      while (goesOn) {
        Optional<ChangeEvent> event = next(feed);
        if (event.isPresent() && event.get() instanceof ChangeEvent.Committed commit) {
          Records after = follower.after(now.records(), commit.batch());
          now = new Registry(commit.version(), commit.epoch(), after);
          copy.keep(now);
        }
        goesOn = !copy.isClosed() && !(event.orElse(null) instanceof ChangeEvent.StartFromSnapshot);
      }
    }
  }

  /** Empty if the storage cannot be reached for now: the feed goes on where it left off. */
  private Optional<ChangeEvent> next(ChangeFeed feed)
      throws StorageException, InterruptedException {
    try {
      return Optional.of(feed.next(LISTEN));
    } catch (UnavailableException e) {
      LOG.debug("the changes cannot be followed for now", e);
      copy.pause(PAUSE_MILLIS);
      return Optional.empty();
    }
  }

  /** Follows no longer, and lets go of the copy. Does not wait. Idempotent. */
  @Override
  public void close() {
    copy.close();
    ChangeFeed feed = open.get();
    if (feed != null) {
      feed.close();
    }
  }
}
