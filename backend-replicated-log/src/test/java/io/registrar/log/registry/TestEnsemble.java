package io.registrar.log.registry;

import io.registrar.log.net.Security;
import io.registrar.log.node.LogOptions;
import io.registrar.log.node.Pace;
import io.registrar.log.paxos.MemberId;
import io.registrar.spi.StorageException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Members of a log in this JVM, on loopback, each with a directory of its own. */
final class TestEnsemble implements AutoCloseable {
  static final Duration CALL = Duration.ofSeconds(60);

  /** As it comes from a flag, with a port that the system chooses: each member tells its own. */
  private static final InetSocketAddress ANY = InetSocketAddress.createUnresolved("127.0.0.1", 0);

  private final Path root;
  private final Pace pace;
  private final Map<MemberId, LogStorage> open = new TreeMap<>();

  TestEnsemble(Path root, Pace pace) {
    this.root = root;
    this.pace = pace;
  }

  /** Opens a member that is told of these. */
  LogStorage open(int self, int... members) throws StorageException {
    MemberId id = new MemberId(self);
    Map<MemberId, InetSocketAddress> told = new TreeMap<>();
    for (int member : members) {
      MemberId other = new MemberId(member);
      LogStorage running = open.get(other);
      told.put(other, running == null ? ANY : address(running));
    }
    LogStorage storage =
        ReplicatedLogStorageProvider.open(
            new LogOptions(
                directory(self),
                root.resolve("m" + self + ".ensemble"),
                id,
                Optional.of(ANY),
                told,
                new Security.LoopbackOnly(),
                pace,
                LogOptions.Beginning.ALLOWED),
            CALL);
    for (LogStorage other : open.values()) {
      other.node().network().addresses().put(id, address(storage));
    }
    open.put(id, storage);
    return storage;
  }

  Path directory(int member) {
    return root.resolve("m" + member).resolve("registry.log");
  }

  LogStorage member(int id) {
    LogStorage storage = open.get(new MemberId(id));
    if (storage == null) {
      throw new IllegalArgumentException("member " + id + " is not open");
    }
    return storage;
  }

  Collection<LogStorage> members() {
    return open.values();
  }

  void close(int id) {
    member(id).close();
    open.remove(new MemberId(id));
  }

  private static InetSocketAddress address(LogStorage storage) {
    return storage.node().listening().orElseThrow();
  }

  @Override
  public void close() {
    open.values().forEach(LogStorage::close);
    open.clear();
  }
}
