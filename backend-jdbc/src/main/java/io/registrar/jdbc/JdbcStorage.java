package io.registrar.jdbc;

import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Limits;
import io.registrar.spi.NotSupportedException;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One registry in a PostgreSQL database. */
final class JdbcStorage implements Storage {
  static final Limits LIMITS = new Limits(4 << 20, 32 << 20, 100_000);

  private static final Set<Capability> CAPABILITIES =
      Set.of(Capability.DURABLE, Capability.SHARED, Capability.ELECTION);

  private final Database database;
  private final HighWater highWater;
  private final LeaseElection election;
  private final Set<Resource> resources = ConcurrentHashMap.newKeySet();
  private volatile @Nullable StorageException refusal;
  private volatile boolean closed;

  private JdbcStorage(Database database) {
    this.database = database;
    this.highWater = new HighWater(database.address());
    this.election = new LeaseElection(this);
  }

  static JdbcStorage open(RegistryName registry, JdbcSettings settings, Duration timeout)
      throws StorageException {
    return new JdbcStorage(new Opening(registry, settings, Deadline.after(timeout)).open());
  }

  Database database() {
    return database;
  }

  HighWater highWater() {
    return highWater;
  }

  @Override
  public Limits limits() {
    return LIMITS;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    requireOpen();
    Deadline deadline = Deadline.after(timeout);
    try {
      Takeover takeover = new Takeover(database, highWater.mark(), owner, floor);
      Takeover.Taken taken = takeover.take(deadline);
      highWater.raise(taken.head());
      try {
        FenceSnapshot snapshot = atFence(taken.head(), deadline);
        return keep(new JdbcSession(this, taken, snapshot, floor.version()));
      } catch (SQLException | StorageException e) {
        taken.writer().abort();
        throw e;
      }
    } catch (SQLException e) {
      throw failed("acquire", deadline, e);
    } catch (DamagedException e) {
      heed(e);
      throw e;
    }
  }

  /** The fence came first; so a snapshot that still shows it shows the state at the fence. */
  private FenceSnapshot atFence(Head fence, Deadline deadline)
      throws SQLException, StorageException {
    JdbcSnapshot snapshot = snapshot(deadline);
    if (snapshot.epoch() == fence.epoch()) {
      return snapshot;
    }
    snapshot.close();
    return new FenceSnapshot.Overtaken(fence, snapshot.epoch());
  }

  @Override
  public Snapshot read(Duration timeout) throws StorageException {
    requireOpen();
    Deadline deadline = Deadline.after(timeout);
    try {
      return snapshot(deadline);
    } catch (SQLException e) {
      throw failed("read", deadline, e);
    } catch (DamagedException e) {
      heed(e);
      throw e;
    }
  }

  private JdbcSnapshot snapshot(Deadline deadline) throws SQLException, StorageException {
    HighWater.Mark least = highWater.mark();
    BoundedConnection connection = database.borrow(deadline);
    try {
      Head head =
          connection.query(
              deadline,
              handle -> {
                handle.execute(JdbcSnapshot.BEGIN);
                return least.require(database.head(handle));
              });
      return keep(new JdbcSnapshot(head, connection, database, deadline.length(), this::forget));
    } catch (SQLException | StorageException e) {
      connection.abort();
      connection.close();
      throw e;
    }
  }

  @Override
  public Election election() throws StorageException {
    requireOpen();
    return election;
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    throw new NotSupportedException("the registry in PostgreSQL keeps no changes to follow");
  }

  @Override
  public Map<String, Long> gauges() {
    return database.system().gauges();
  }

  /** Remembers a failure after which nothing of this storage may be trusted. */
  void heed(StorageException e) {
    if (e instanceof DamagedException || e instanceof IncompatibleException) {
      refusal = e;
    }
  }

  /** What is closed already need not be closed with the storage. */
  void forget(Resource resource) {
    resources.remove(resource);
  }

  /** Has what is given out end with the storage. */
  <R extends Resource> R keep(R resource) throws ClosedException {
    resources.add(resource);
    if (closed) {
      resource.close();
      throw closed();
    }
    return resource;
  }

  StorageException failed(String tried, Deadline within, SQLException e) {
    return closed ? closed() : Failures.of(tried, database.address(), within, e);
  }

  void requireOpen() throws StorageException {
    StorageException earlier = refusal;
    if (closed) {
      throw closed();
    } else if (earlier instanceof DamagedException) {
      throw new DamagedException(String.valueOf(earlier.getMessage()), earlier);
    } else if (earlier != null) {
      throw new IncompatibleException(String.valueOf(earlier.getMessage()), earlier);
    }
  }

  private ClosedException closed() {
    return new ClosedException(
        "the registry " + database.registry() + " at " + database.address() + " was closed");
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    election.close();
    List.copyOf(resources).forEach(Resource::close);
    database.close();
  }

  /** What a storage has given out and ends with it. */
  interface Resource {
    void close();
  }
}
