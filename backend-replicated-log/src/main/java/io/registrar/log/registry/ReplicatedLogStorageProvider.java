package io.registrar.log.registry;

import io.registrar.log.disk.IncompatibleStoreException;
import io.registrar.log.disk.StoreInUseException;
import io.registrar.log.node.Deadline;
import io.registrar.log.node.LogNode;
import io.registrar.log.node.LogOptions;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.spi.Capability;
import io.registrar.spi.InUseException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code --registry=replicated_log}: a log that the masters keep among themselves, each on its own
 * disk; no other system is needed. It begins with one member, and grows while it runs.
 */
public final class ReplicatedLogStorageProvider implements StorageProvider {
  @Override
  public String name() {
    return "replicated_log";
  }

  @Override
  public String description() {
    return "a log that the masters keep among themselves: one master, or three or five that go on"
        + " while a majority is there";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return LogFlags.ALL;
  }

  /** Does not wait for the other members. A log of one is ready on return, or refused. */
  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    LogOptions options = LogFlags.read(settings);
    LogStorage storage = open(options, timeout);
    boolean fits = false;
    try {
      LogFlags.requireQuorum(settings, voters(options, storage));
      fits = true;
      return storage;
    } finally {
      if (!fits) {
        storage.close();
      }
    }
  }

  /** Those whom the log names, or, before it has begun, those who are to begin it. */
  private static Collection<MemberId> voters(LogOptions options, LogStorage storage) {
    Set<MemberId> told = new TreeSet<>(options.members().keySet());
    told.add(options.self());
    return storage
        .node()
        .loop()
        .status()
        .base()
        .<Collection<MemberId>>map(base -> base.membership().voters().keySet())
        .orElse(told);
  }

  static LogStorage open(LogOptions options, Duration timeout) throws StorageException {
    StateKeeper keeper = new StateKeeper();
    ClientDesk desk = new ClientDesk();
    LogNode node = start(options, keeper, desk);
    boolean opened = false;
    try {
      LogStorage storage = storage(options, keeper, node);
      if (options.listen().isEmpty()) {
        Reach.awaitVote(node.loop(), Deadline.after(timeout));
      }
      desk.open(storage);
      opened = true;
      return storage;
    } finally {
      if (!opened) {
        node.close();
      }
    }
  }

  private static LogNode start(LogOptions options, StateKeeper keeper, ClientDesk desk)
      throws StorageException {
    try {
      return LogNode.open(options, keeper, desk);
    } catch (StoreInUseException e) {
      throw new InUseException(String.valueOf(e.getMessage()), e);
    } catch (IncompatibleStoreException e) {
      throw new IncompatibleException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UnavailableException(
          "the log in " + options.directory() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static LogStorage storage(LogOptions options, StateKeeper keeper, LogNode node) {
    ReplicaLoop loop = node.loop();
    Heralds heralds =
        new Heralds(
            options.pace().heartbeat(),
            options.pace().election(),
            () -> others(options.self(), node),
            loop::note);
    Set<Capability> capabilities = EnumSet.of(Capability.DURABLE, Capability.CHANGES);
    if (options.listen().isPresent()) {
      // Alone and without a port, it is one process's: nobody is there to share or to elect.
      capabilities.add(Capability.SHARED);
      capabilities.add(Capability.ELECTION);
    }
    return new LogStorage(
        node,
        keeper,
        capabilities,
        new LogElection(node, keeper, heralds),
        "the log in " + options.directory());
  }

  private static Collection<MemberId> others(MemberId self, LogNode node) {
    Set<MemberId> others = new TreeSet<>(node.network().addresses().all().keySet());
    node.loop()
        .status()
        .base()
        .ifPresent(base -> others.addAll(base.membership().voters().keySet()));
    others.remove(self);
    return others;
  }
}
