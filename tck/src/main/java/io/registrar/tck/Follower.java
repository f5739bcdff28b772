package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/** Who makes a registry's state out of its changes, and checks each on the way (rule 9). */
final class Follower implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMillis(200);

  private final Storage storage;
  private ChangeFeed feed;
  private RegistryState state;
  private long epoch;

  private Follower(Storage storage, ChangeFeed feed, RegistryState state) {
    this.storage = storage;
    this.feed = feed;
    this.state = state;
  }

  /** One who has this state, and follows from there. */
  static Follower of(Storage storage, RegistryState state) throws StorageException {
    return new Follower(storage, storage.changes(state.version()), state);
  }

  RegistryState state() {
    return state;
  }

  /** The epoch of the session that made the last commit that was told. */
  long epoch() {
    return epoch;
  }

  /** Fails unless this very commit is told next. */
  void mustBeTold(long version, Batch batch) throws StorageException {
    ChangeEvent told = next(feed);
    if (!(told instanceof ChangeEvent.Committed commit)) {
      throw new AssertionError("version " + version + " was to be told, and not " + told);
    }
    Assertions.assertEquals(version, commit.version(), "the version that is told next");
    Assertions.assertEquals(batch.header(), commit.batch().header(), "the header in the change");
    Assertions.assertEquals(puts(batch), puts(commit.batch()), "the puts in the change");
    Assertions.assertEquals(
        List.copyOf(batch.deletes()), List.copyOf(commit.batch().deletes()), "its deletes");
    apply(commit);
  }

  /** Takes what is told next; one who is told to start from a snapshot does. */
  void follow() throws StorageException {
    ChangeEvent told = next(feed);
    if (told instanceof ChangeEvent.Committed commit) {
      Assertions.assertEquals(
          state.version() + 1, commit.version(), "told after version " + state.version());
      apply(commit);
    } else if (told instanceof ChangeEvent.StartFromSnapshot) {
      feed.close();
      RegistryState latest = RegistryUnderTest.read(storage);
      Assertions.assertTrue(
          latest.version() > state.version(),
          () -> "nothing was behind, and yet told to start from a snapshot: " + told);
      state = latest;
      feed = storage.changes(state.version());
    }
  }

  /** Fails if anything more is told. */
  void mustBeQuiet() throws StorageException {
    long began = System.nanoTime();
    ChangeEvent told = feed.next(QUIET);
    OutcomeRules.mustBeInTime("next", QUIET, began);
    Assertions.assertInstanceOf(
        ChangeEvent.Quiet.class, told, "after version " + state.version() + ", the last one");
  }

  private void apply(ChangeEvent.Committed commit) {
    Assertions.assertTrue(
        commit.epoch() >= epoch, () -> "epoch " + commit.epoch() + " is told after " + epoch);
    epoch = commit.epoch();
    state = state.after(commit.batch(), commit.version());
  }

  /** What is told next, which is waited for. */
  static ChangeEvent next(ChangeFeed feed) throws StorageException {
    return feed.next(RegistryUnderTest.timeout());
  }

  /** The versions told after one, up to another; fails unless all of it is told. */
  static List<Long> versionsAfter(long version, long last, Storage storage)
      throws StorageException {
    List<Long> versions = new ArrayList<>();
    try (ChangeFeed feed = storage.changes(version)) {
      while (versions.size() < last - version) {
        ChangeEvent told = next(feed);
        if (!(told instanceof ChangeEvent.Committed commit)) {
          throw new AssertionError(
              "after version " + version + " were told " + versions + ", and then " + told);
        }
        versions.add(commit.version());
      }
    }
    return versions;
  }

  /** Checks a new feed, and where it says that one could start, that one can. */
  static void mustTellAllOrNothing(Storage storage, long after, long last) throws StorageException {
    long oldest;
    try (ChangeFeed feed = storage.changes(after)) {
      oldest = mustTellAllOrNothing(feed, after, last);
    }
    Assertions.assertTrue(oldest <= last, "a start after " + oldest + ", where " + last + " is");
    if (oldest > after) {
      versionsAfter(oldest, last, storage);
    }
  }

  /**
   * Fails unless all versions are told in order up to the last, or the rest is left to a snapshot.
   *
   * @return the oldest version after which a feed could start
   */
  static long mustTellAllOrNothing(ChangeFeed feed, long after, long last) throws StorageException {
    Deadline end = Deadline.after(Duration.ofMinutes(2));
    for (long version = after; version < last; ) {
      Assertions.assertFalse(end.hasPassed(), "version " + last + " has never been told");
      ChangeEvent told = next(feed);
      if (told instanceof ChangeEvent.StartFromSnapshot from) {
        Assertions.assertTrue(
            from.oldestVersion() > version,
            () -> "a feed could start after " + from.oldestVersion() + ", and did not go on");
        ChangeEvent again = feed.next(Deadline.scaled(OutcomeRules.GRACE));
        Assertions.assertInstanceOf(
            ChangeEvent.StartFromSnapshot.class, again, "told after start from a snapshot");
        return from.oldestVersion();
      } else if (told instanceof ChangeEvent.Committed commit) {
        Assertions.assertEquals(version + 1, commit.version(), "told after version " + version);
        version = commit.version();
      }
    }
    return after;
  }

  private static Map<RecordKey, StoredRecord> puts(Batch batch) {
    Map<RecordKey, StoredRecord> puts = new HashMap<>();
    batch.puts().forEach(put -> puts.put(put.key(), put));
    return puts;
  }

  @Override
  public void close() {
    feed.close();
  }
}
