package io.registrar.log.replica;

import io.registrar.log.disk.RecordStore;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.Request;
import io.registrar.log.paxos.Settlement;
import io.registrar.spi.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running replica: one thread that takes all that waits, steps the core with it, sends, writes,
 * syncs once, and says so to the core. It is the only thread that touches the core, and the only
 * clock.
 *
 * <p>A write or a sync that fails ends the replica, and never the process: callers that wait are
 * failed, as are all who come later. All methods are thread-safe.
 */
public final class ReplicaLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaLoop.class);

  /** So much is taken before what it has written is synced. */
  private static final int MOST_STEPS = 1_000;

  private static final long CLOSE_SECONDS = 10;

  private final ReplicaSetup setup;
  private final LogFollower follower;
  private final Engine engine;
  private final Answers answers;
  private final Mailbox mailbox = new Mailbox();
  private final Patience patience = new Patience();
  private final StatusBoard board;
  private final Thread thread;
  private volatile boolean closing;

  private ReplicaLoop(ReplicaSetup setup, LogFollower follower, Engine engine, Answers answers) {
    this.setup = setup;
    this.follower = follower;
    this.engine = engine;
    this.answers = answers;
    this.board = new StatusBoard(engine.status());
    this.thread = new Thread(this::run, "log-replica-" + setup.config().self());
    thread.setDaemon(true);
  }

  /**
   * Restores the replica from its store; it does nothing until {@link #start}.
   *
   * @throws IOException the store cannot be set aside
   * @throws IllegalArgumentException the store belongs to another member
   */
  public static ReplicaLoop restore(ReplicaSetup setup, LogFollower follower) throws IOException {
    Answers answers = new Answers();
    return new ReplicaLoop(setup, follower, Engine.open(setup, follower, answers), answers);
  }

  /**
   * Listens, and begins.
   *
   * @throws IOException the address is taken; the replica is not begun
   */
  public void start() throws IOException {
    setup.network().start(new Arrivals(mailbox, follower, engine));
    thread.start();
  }

  /** Asks the replica something; the input carries the request that it is given. */
  public Answer ask(Function<Request, Input> asking) {
    Answer answer = answers.begin();
    mailbox.put(
        () -> {
          if (answer.give()) {
            engine.step(asking.apply(answer.request()));
          }
        });
    return answer;
  }

  /**
   * Waits for the answer. When the time has run out, or the thread is interrupted, the request is
   * given up, and the answer says what that means: {@link Settlement.Reason#WITHDRAWN} is certain,
   * {@link Settlement.Unknown} is not. The interrupt's flag stays set.
   *
   * @throws ReplicaEndedException the replica has ended, and the request's outcome is unknown
   */
  public Delivery await(Answer answer, long nanos) throws ReplicaEndedException {
    boolean interrupted = false;
    try {
      try {
        return answer.await(nanos);
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (TimeoutException e) {
        LOG.debug("request {} is given up", answer.request());
      }
      return giveUp(answer);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Proposes an entry and waits for its end, whatever interrupts this thread meanwhile; the
   * interrupt's flag stays set. Where answers come quickly, this thread stays awake for one. When
   * the time has run out, the answer says what that means, as in {@link #await(Answer, long)}.
   *
   * @throws ReplicaEndedException the replica has ended, and the entry's outcome is unknown
   */
  public Delivery propose(Content.Append entry, long nanos) throws ReplicaEndedException {
    long began = System.nanoTime();
    Answer answer = ask(request -> new Input.Propose(request, entry));
    if (nanos > Patience.MOST_NANOS) {
      patience.await(answer::isDone);
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Delivery end = answer.await(nanos - (System.nanoTime() - began));
          patience.took(System.nanoTime() - began);
          return end;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          return giveUp(answer);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Delivery giveUp(Answer answer) throws ReplicaEndedException {
    if (!answer.withdraw()) {
      mailbox.put(
          () -> {
            engine.step(new Input.Withdraw(answer.request()));
            answer.settle(new Settlement.Unknown());
            answers.forget(answer);
          });
    }
    // The replica's thread may hang in the disk: this wait is short, and bounds the caller's call.
    try {
      return answer.await(TimeUnit.MILLISECONDS.toNanos(200));
    } catch (TimeoutException e) {
      return new Delivery.Settled(answer.request(), new Settlement.Unknown());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Delivery.Settled(answer.request(), new Settlement.Unknown());
    }
  }

  /**
   * Stands for election; one candidacy at a time. The lease is renewed until {@link #resign}, or
   * until the follower is told {@link Delivery.LeaseEnded}.
   *
   * @return the request that the lease is held under; empty if the time has run out, or this
   *     replica may not be elected now
   * @throws InterruptedException the candidacy is given up
   * @throws ReplicaEndedException the replica takes no part any more
   */
  public Optional<Request> campaign(long nanos) throws InterruptedException, ReplicaEndedException {
    Answer answer = ask(Input.Campaign::new);
    boolean elected = false;
    try {
      elected = answer.await(nanos) instanceof Delivery.Elected;
    } catch (TimeoutException e) {
      LOG.debug("nobody was elected here within the time");
    } finally {
      if (!elected) {
        resign();
        answers.forget(answer);
      }
    }
    return elected ? Optional.of(answer.request()) : Optional.empty();
  }

  /** Gives up the lease, or the campaign for it. */
  public void resign() {
    mailbox.put(() -> engine.step(new Input.Resign()));
  }

  /** Runs something on the replica's thread, between two steps: what it reads belongs together. */
  public <T> Optional<T> between(Supplier<T> reading, long nanos) throws InterruptedException {
    CompletableFuture<T> result = new CompletableFuture<>();
    mailbox.put(() -> result.complete(reading.get()));
    try {
      return Optional.ofNullable(result.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reading failed", e);
    }
  }

  /** What a snapshot taken now would stand on; only on the replica's thread. */
  public Optional<LogBase> base() {
    return engine.status().base();
  }

  /** How far the other members and the learners have come, as last seen here. */
  public Optional<Map<Member, Position>> peers(long nanos) throws InterruptedException {
    return between(engine::peers, nanos);
  }

  /** Sends a note to a member, outside of the protocol. It may be lost. */
  public void note(MemberId to, byte[] note) {
    byte[] frame = new byte[note.length + 1];
    frame[0] = Arrivals.NOTE;
    System.arraycopy(note, 0, frame, 1, note.length);
    setup.network().send(to, Bytes.of(frame));
  }

  /** How the replica stands. */
  public ReplicaStatus status() {
    return board.now();
  }

  /** Waits until it stands as wished, or the time has run out; answers how it stands then. */
  public ReplicaStatus await(Predicate<ReplicaStatus> wished, long nanos)
      throws InterruptedException {
    return board.await(wished, nanos);
  }

  /** Chosen entries; see {@link RecordStore#read}. */
  public List<Entry> read(Position from, Position through, int most) throws IOException {
    return engine.read(from, through, most);
  }

  /** How long the last sync took. */
  public Duration lastSync() {
    return engine.lastSync();
  }

  /** How often this replica has set its store aside since its start, or at it. */
  public long recoveries() {
    return engine.recoveries();
  }

  /**
   * How many records of its store were found damaged, the first hundred at the start, and since; a
   * log that is lost counts as one.
   */
  public long damages() {
    return engine.damages();
  }

  /** How often it has won the lease since its start. */
  public long elections() {
    return engine.elections();
  }

  /** How the others stand, as of the last tick. */
  public PeerFigures peerFigures() {
    return engine.peerFigures();
  }

  /** How many frames of peers were forgotten because too many waited. */
  public long forgottenFrames() {
    return mailbox.forgotten();
  }

  /** Ends the thread, the network and the store. Waits for at most ten seconds. Idempotent. */
  @Override
  public void close() {
    closing = true;
    mailbox.put(() -> {});
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      if (thread.isAlive()) {
        LOG.warn("a write or a sync hangs; the log's files stay open until it ends");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    ReplicaEndedException why = new ReplicaEndedException("the log was closed", null);
    try {
      turn();
    } catch (IOException e) {
      why = failed("the log's store has failed: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      why = failed("a fault in the program has ended the replica: " + e, e);
    } finally {
      end(why);
    }
  }

  private ReplicaEndedException failed(String what, Throwable cause) {
    LOG.error("{}; this replica takes no part until it is opened again", what, cause);
    board.publish(engine.status().failed(cause));
    return new ReplicaEndedException(what + "; close the storage and open it again", cause);
  }

  private void turn() throws IOException {
    TickClock ticks = new TickClock(setup.tick(), System.nanoTime());
    engine.step(new Input.Start());
    while (!closing) {
      if (!engine.hasToSync()) {
        mailbox.await(ticks.nanosLeft(System.nanoTime()));
      }
      int due = ticks.due(System.nanoTime(), company());
      for (int left = due; left > 0; left--) {
        engine.step(new Input.Tick());
      }
      if (due > 0) {
        engine.look();
      }
      takeWhatWaits();
      if (engine.hasToSync()) {
        engine.sync();
      }
      publish();
    }
  }

  private void takeWhatWaits() throws IOException {
    Optional<Mailbox.Step> step = mailbox.poll();
    for (int taken = 1; step.isPresent(); taken++) {
      step.get().take();
      step = taken < MOST_STEPS ? mailbox.poll() : Optional.empty();
    }
  }

  private TickClock.Company company() {
    boolean alone =
        board.now().base().filter(it -> it.membership().voters().size() == 1).isPresent();
    return alone ? TickClock.Company.ALONE : TickClock.Company.OTHERS;
  }

  private void publish() throws IOException {
    ReplicaStatus status = engine.status();
    if (status.base().isPresent()) {
      LogBase base = status.base().get();
      setup.memory().keep(base.ensemble(), base.membership(), setup.network().addresses());
    }
    board.publish(status);
  }

  private void end(ReplicaEndedException why) {
    answers.end(why);
    follower.ended();
    try {
      setup.network().close();
    } catch (RuntimeException e) {
      LOG.error("a fault in the program: the network was not closed in order", e);
    }
    try {
      engine.close();
    } catch (IOException e) {
      LOG.warn("the log's store could not be closed: {}", e.getMessage(), e);
    }
  }
}
