package io.registrar.example.master;

import io.registrar.RecoveryException;
import io.registrar.Registrar;
import io.registrar.RegistrarObserver;
import io.registrar.RegistrarOptions;
import io.registrar.Witness;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.example.master.flag.WorkDirectory;
import io.registrar.example.master.http.HttpServer;
import io.registrar.record.MasterInfo;
import io.registrar.record.Registry;
import io.registrar.spi.Capability;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One master, from first to last: it takes its work directory, opens the storage, listens, recovers
 * the registry, and leads until it is stopped or the registrar ends.
 *
 * <p>It listens before it recovers, so that a port that is taken is found before another leader is
 * fenced; until it leads, requests are answered with 503.
 */
@Singleton
final class Master implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Master.class);

  private final MasterFlags flags;
  private final HttpServer http;
  private final Leader leader;
  private final RollCall rollCall;
  private final RegistrarObserver observer;
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean stopped;

  @Inject
  Master(
      MasterFlags flags,
      HttpServer http,
      Leader leader,
      RollCall rollCall,
      RegistrarObserver observer) {
    this.flags = flags;
    this.http = http;
    this.leader = leader;
    this.rollCall = rollCall;
    this.observer = observer;
  }

  /**
   * Begins to lead. Blocks until the registry is recovered. If it fails, close this master.
   *
   * @return the address at which it can be reached
   * @throws CannotStartException if anything that it needs is refused or not reached
   */
  synchronized URI start() throws CannotStartException {
    OwnedDirectory directory = OwnedDirectory.take(flags.workDirectory());
    open.push(directory);
    Storage storage = openStorage();
    URI address = listen();
    Registrar registrar = recover(storage, directory, address);
    open.push(registrar);
    rollCall.begin(registrar, flags.failover());
    open.push(rollCall);
    rollCall.tooManyMissing().thenAccept(ended::complete);
    registrar.terminated().thenAccept(end -> ended.complete(Ending.of(end)));
    leader.leads(registrar);
    return address;
  }

  /** Completes, with the first reason, when a started master is to stop or can lead no more. */
  CompletableFuture<Ending> ended() {
    return ended;
  }

  /** The records of a started master. */
  Registry registry() {
    return registrar().registry();
  }

  /**
   * Stops: requests in flight are answered, then everything that was taken is given back, last
   * first. Idempotent.
   */
  @Override
  public synchronized void close() {
    if (stopped) {
      return;
    }
    stopped = true;
    http.stop();
    while (!open.isEmpty()) {
      AutoCloseable last = open.pop();
      try {
        last.close();
      } catch (Exception e) {
        LOG.error("{} could not be closed", last.getClass().getSimpleName(), e);
      }
    }
  }

  private Registrar registrar() {
    return leader
        .registrar()
        .orElseThrow(() -> new IllegalStateException("this master has not been started"));
  }

  private Storage openStorage() throws CannotStartException {
    Storage storage;
    try {
      storage = flags.storage().open(flags.settings(), flags.fetchTimeout());
    } catch (StorageException | IllegalArgumentException e) {
      throw new CannotStartException(
          "the storage --registry="
              + flags.storage().name()
              + " cannot be opened: "
              + e.getMessage(),
          e);
    }
    open.push(storage);
    boolean durable = storage.capabilities().contains(Capability.DURABLE);
    if (!durable) {
      LOG.warn(
          "--registry={} is not durable: this master forgets all agents when it stops",
          flags.storage().name());
    } else if (flags.workDirectory() instanceof WorkDirectory.Temporary) {
      throw new CannotStartException(
          "--work_dir=PATH is needed: it is where this master keeps the files that outlive it, with"
              + " --registry="
              + flags.storage().name(),
          null);
    }
    return storage;
  }

  private URI listen() throws CannotStartException {
    try {
      return http.start();
    } catch (IOException e) {
      throw new CannotStartException(
          "cannot listen on --ip="
              + flags.ip().getHostAddress()
              + " --port="
              + flags.port()
              + ": "
              + e.getMessage()
              + "; give a free port (0 for any)",
          e);
    }
  }

  private Registrar recover(Storage storage, OwnedDirectory directory, URI address)
      throws CannotStartException {
    MasterInfo me =
        new MasterInfo(UUID.randomUUID().toString(), hostname(), address.toString(), version());
    RegistrarOptions options =
        RegistrarOptions.leading(me)
            .fetchTimeout(flags.fetchTimeout())
            .storeTimeout(flags.storeTimeout())
            .queueCapacity(flags.queueCapacity())
            .witness(Witness.in(directory.path(), flags.storage().name()))
            .observer(observer)
            .build();
    try {
      return Registrar.recover(storage, options);
    } catch (RecoveryException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.debug("this machine's own name is unknown", e);
      return "";
    }
  }

  private static String version() {
    String version = Master.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }
}
