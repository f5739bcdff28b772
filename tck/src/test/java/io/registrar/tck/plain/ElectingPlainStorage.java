package io.registrar.tck.plain;

import io.registrar.spi.Candidate;
import io.registrar.spi.Capability;
import io.registrar.spi.Election;
import io.registrar.spi.Leadership;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A shared plain storage whose leader is whoever has locked a file; the lock dies with it. */
public class ElectingPlainStorage extends SharedPlainStorage implements Election {
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final Path lock;
  private final Path name;

  public ElectingPlainStorage(PlainStore files, Path directory) throws StorageException {
    super(files);
    lock = directory.resolve("leader.lock");
    name = directory.resolve("leader");
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.copyOf(EnumSet.of(Capability.DURABLE, Capability.SHARED, Capability.ELECTION));
  }

  @Override
  public Election election() {
    return this;
  }

  @Override
  public Optional<Leadership> campaign(Candidate candidate, Duration timeout)
      throws StorageException {
    long began = System.nanoTime();
    do {
      Optional<Leadership> won = tryToLead(candidate);
      if (won.isPresent()) {
        return won;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    } while (System.nanoTime() - began < timeout.toNanos());
    return Optional.empty();
  }

  /** Leads, if nobody does. */
  protected Optional<Leadership> tryToLead(Candidate candidate) throws StorageException {
    try {
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        return Optional.empty();
      }
      Files.writeString(name, candidate.id() + "\n" + candidate.address());
      return Optional.of(new Held(channel));
    } catch (IOException e) {
      throw new UnavailableException(lock + " cannot be locked", e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  @Override
  public Optional<Candidate> leader(Duration timeout) throws StorageException {
    try {
      if (Files.notExists(name)) {
        return Optional.empty();
      }
      String[] lines = Files.readString(name).split("\n");
      return Optional.of(new Candidate(lines[0], lines[1]));
    } catch (IOException e) {
      throw new UnavailableException(name + " cannot be read", e);
    }
  }

  /** Whether the lock is given back; a storage that forgets to is broken. */
  protected void giveBack(FileChannel channel) throws IOException {
    channel.close();
  }

  private final class Held implements Leadership {
    private final FileChannel channel;
    private final CountDownLatch ended = new CountDownLatch(1);

    Held(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
      return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void resign() {
      try {
        giveBack(channel);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      ended.countDown();
    }
  }
}
