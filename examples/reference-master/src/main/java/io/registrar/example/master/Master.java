package io.registrar.example.master;

import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.RegistryReader;
import io.registrar.WarmRegistry;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.example.master.flag.WorkDirectory;
import io.registrar.example.master.http.HttpServer;
import io.registrar.example.master.metric.MasterGauges;
import io.registrar.record.Registry;
import io.registrar.spi.Candidate;
import io.registrar.spi.Capability;
import io.registrar.spi.Election;
import io.registrar.spi.Leadership;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One master, from first to last: it takes its work directory, opens the storage, listens, is
 * elected where the storage elects a leader, recovers the registry, and leads until it is stopped
 * or can lead no more.
 *
 * <p>It listens before it recovers, so that a port that is taken is found before another leader is
 * fenced. What it has taken is given back last first: the registrar before the lease, so that
 * nothing is in flight when another leads, and the lease before the port, so that who comes late is
 * sent there.
 */
@Singleton
final class Master implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Master.class);
  private static final Duration COPY_WITHIN = Duration.ofSeconds(10);

  private final MasterFlags flags;
  private final HttpServer http;
  private final Leader leader;
  private final RollCall rollCall;
  private final Accession accession;
  private final MasterGauges gauges;
  private final Ensemble ensemble;
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CompletableFuture<Registry> leads = new CompletableFuture<>();
  private volatile @Nullable Standby standby;
  private @Nullable Candidacy candidacy;
  private boolean stopped;

  @Inject
  Master(
      MasterFlags flags,
      HttpServer http,
      Leader leader,
      RollCall rollCall,
      Accession accession,
      MasterGauges gauges,
      Ensemble ensemble) {
    this.flags = flags;
    this.http = http;
    this.leader = leader;
    this.rollCall = rollCall;
    this.accession = accession;
    this.gauges = gauges;
    this.ensemble = ensemble;
  }

  /**
   * Begins. Where the storage elects a leader, this master stands for election and may lead later;
   * elsewhere it leads on return. If it fails, close this master.
   *
   * @return the address at which it listens
   * @throws CannotStartException if anything that it needs is refused or not reached
   */
  synchronized URI start() throws CannotStartException {
    OwnedDirectory directory = OwnedDirectory.take(flags.workDirectory());
    open.push(directory);
    accession.requireSameStorage(directory.path());
    Storage storage = openStorage();
    gauges.observe(storage);
    ensemble.observe(storage);
    URI address = listen();
    open.push(http);
    URI advertised = flags.election().advertised(flags.ip(), address.getPort());
    RegistrarOptions options = accession.options(directory.path(), advertised);
    if (storage.capabilities().contains(Capability.ELECTION)) {
      stand(storage, options);
    } else {
      begin(accession.recover(storage, options, Optional.empty()));
    }
    return address;
  }

  /** Whether this master stood, or stands, for election. */
  synchronized boolean isCandidate() {
    return candidacy != null;
  }

  /** Completes with the records when this master begins to lead; never, if it does not. */
  CompletableFuture<Registry> leads() {
    return leads;
  }

  /** Completes, with the first reason, when a started master is to stop or can lead no more. */
  CompletableFuture<Ending> ended() {
    return ended;
  }

  /**
   * Stops: what is queued is still committed and answered, the lease is given back so that another
   * leads at once, requests in flight are answered, and everything that was taken is given back.
   * Idempotent.
   */
  @Override
  public void close() {
    Candidacy standing = stopStanding();
    if (standing != null) {
      standing.close();
    }
    giveBack();
  }

  private synchronized @Nullable Candidacy stopStanding() {
    stopped = true;
    return candidacy;
  }

  private synchronized void giveBack() {
    if (standby != null) {
      leader.standsBy(standby);
    }
    while (!open.isEmpty()) {
      AutoCloseable last = open.pop();
      try {
        last.close();
      } catch (Exception e) {
        LOG.error("{} could not be closed", last.getClass().getSimpleName(), e);
      }
    }
  }

  private void stand(Storage storage, RegistrarOptions options) throws CannotStartException {
    if (!flags.election().canBeFound(flags.ip())) {
      throw new CannotStartException(
          "--advertise_ip=ADDRESS is needed with --ip="
              + flags.ip().getHostAddress()
              + ": the masters of --registry="
              + flags.storage().name()
              + " elect one of them, and tell everybody where it is",
          null);
    }
    try {
      Candidate self = new Candidate(options.master().id(), options.master().address());
      Election election = storage.election();
      RegistryReader reader = new RegistryReader(storage, options);
      standby = new Standby(election, self.id(), reader, flags.election().copyAge());
      leader.standsBy(standby);
      Optional<WarmRegistry> warm = keepWarm(storage, options);
      Rehearsal.begin(flags, options.master());
      candidacy = Candidacy.begin(election, self, new Course(storage, options, warm));
    } catch (StorageException e) {
      throw new CannotStartException("the election is refused: " + e.getMessage(), e);
    }
  }

  /** A copy of the registry, where it can be followed: whoever takes over reads nothing then. */
  private Optional<WarmRegistry> keepWarm(Storage storage, RegistrarOptions options) {
    if (!storage.capabilities().contains(Capability.CHANGES)) {
      return Optional.empty();
    }
    WarmRegistry warm = WarmRegistry.follow(storage, options);
    open.push(warm);
    return Optional.of(warm);
  }

  private synchronized void hold(Leadership won) {
    open.push(won);
    if (stopped) {
      giveBack();
    }
  }

  /** This master leads from here on, unless it was stopped meanwhile. */
  private synchronized void begin(Registrar registrar) {
    open.push(registrar);
    if (stopped) {
      giveBack();
      return;
    }
    rollCall.begin(registrar, flags.failover());
    open.push(rollCall);
    rollCall.tooManyMissing().thenAccept(ended::complete);
    registrar.terminated().thenAccept(end -> ended.complete(Ending.of(end)));
    leader.leads(registrar);
    leads.complete(registrar.registry());
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

  private final class Course implements Candidacy.Course {
    private final Storage storage;
    private final RegistrarOptions options;
    private final Optional<WarmRegistry> warm;

    Course(Storage storage, RegistrarOptions options, Optional<WarmRegistry> warm) {
      this.storage = storage;
      this.options = options;
      this.warm = warm;
    }

    /** One that has a copy already leads sooner; if there is none, this one stands all the same. */
    @Override
    public void prepare() throws InterruptedException {
      if (warm.isPresent() && !warm.get().awaitCopy(COPY_WITHIN)) {
        LOG.info("this master stands for election without a copy of the records");
      }
    }

    @Override
    public void elected(Leadership won) throws CannotStartException {
      hold(won);
      begin(accession.recover(storage, options, warm));
    }

    /** It leads no longer, so it says so before it has stopped. */
    @Override
    public void ended(Ending why) {
      leader.standsBy(Objects.requireNonNull(standby));
      ended.complete(why);
    }
  }
}
