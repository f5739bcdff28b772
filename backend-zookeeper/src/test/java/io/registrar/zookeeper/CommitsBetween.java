package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.Batch;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/**
 * A registry where a commit comes before every single request of a reader, so that no two of its
 * requests see the same version.
 */
final class CommitsBetween implements AutoCloseable {
  /** After so many the commits stop, and a read that could not end without that has failed. */
  private static final int MOST = 200;

  private static final String PATH = "/between";

  private final OwnServer server;
  private final Storage writing;
  private final StorageSession session;
  private final Storage reading;
  private final long readersSession;
  private final Map<Long, Map<String, String>> states = new TreeMap<>();
  private Map<String, String> state = new TreeMap<>();
  private long version;

  private CommitsBetween(
      OwnServer server,
      Storage writing,
      StorageSession session,
      Storage reading,
      long readersSession) {
    this.server = server;
    this.writing = writing;
    this.session = session;
    this.reading = reading;
    this.readersSession = readersSession;
  }

  static CommitsBetween start(Path directory) throws Exception {
    OwnServer server = OwnServer.start(directory);
    String address = "zk://" + server.connectString() + PATH;
    Storage writing = Registries.open(address);
    StorageSession session = Registries.lead(writing);
    Set<Long> others = server.sessions();
    Storage reading = Registries.open(address);
    Set<Long> readers = new HashSet<>(server.sessions());
    readers.removeAll(others);
    return new CommitsBetween(
        server, writing, session, reading, readers.stream().findAny().orElseThrow());
  }

  /** Commits, and remembers what the registry holds from then on. */
  synchronized void commit(Batch batch) throws StorageException {
    version = session.commit(batch, Registries.TIMEOUT);
    state = new TreeMap<>(state);
    for (StoredRecord put : batch.puts()) {
      state.put(put.key().id(), new String(put.value(), StandardCharsets.UTF_8));
    }
    for (RecordKey key : batch.deletes()) {
      state.remove(key.id());
    }
    states.put(version, state);
  }

  private synchronized long version() {
    return version;
  }

  private synchronized Map<String, String> stateOf(long some) {
    return Objects.requireNonNull(states.get(some), () -> "no commit made version " + some);
  }

  /** Reads beside commits: the read ends, and is exactly one version, of the time of the read. */
  void readBeside(IntFunction<Batch> commits) throws Exception {
    long before = version();
    AtomicInteger made = new AtomicInteger();
    AtomicReference<Exception> failure = new AtomicReference<>();
    server.beforeEachMultiOf(
        readersSession,
        () -> {
          try {
            if (made.get() < MOST) {
              commit(commits.apply(made.incrementAndGet()));
            }
          } catch (StorageException | RuntimeException e) {
            // It would end the reader's connection.
            failure.compareAndSet(null, e);
          }
        });
    try (Snapshot snapshot = reading.read(Registries.TIMEOUT)) {
      assertThat(failure.get()).as("a commit beside the read failed").isNull();
      assertThat(made).as("commits beside the read").hasValueBetween(1, MOST - 1);
      assertThat(snapshot.version()).isBetween(before, version());
      assertThat(Registries.drain(snapshot))
          .as("version %d", snapshot.version())
          .isEqualTo(stateOf(snapshot.version()));
    }
  }

  @Override
  public void close() throws StorageException {
    reading.close();
    session.close();
    writing.close();
    server.close();
  }
}
