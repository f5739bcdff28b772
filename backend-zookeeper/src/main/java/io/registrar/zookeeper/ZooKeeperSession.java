package io.registrar.zookeeper;

import io.registrar.spi.Batch;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Limits;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Commits one request at a time, each on the condition that the head is as this session left it.
 */
final class ZooKeeperSession implements StorageSession {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  /** Requests up to this size no server refuses. */
  private static final int SMALL_REQUEST_BYTES = 64 << 10;

  private final OpenCalls calls;
  private final Ensemble ensemble;
  private final Layout layout;
  private final HeadNodes nodes;
  private final Failures failures;
  private final Limits limits;
  private final long floorVersion;
  private final KnownNodes known;
  private final FencedSnapshot snapshot;
  private final ReentrantLock turn = new ReentrantLock();
  private Position at;
  private @Nullable StorageException over;

  ZooKeeperSession(
      OpenCalls calls,
      Ensemble ensemble,
      Layout layout,
      Limits limits,
      Position fence,
      long floorVersion,
      KnownNodes known,
      FencedSnapshot snapshot) {
    this.calls = calls;
    this.ensemble = ensemble;
    this.layout = layout;
    this.nodes = new HeadNodes(ensemble, layout);
    this.failures = new Failures(ensemble);
    this.limits = limits;
    this.floorVersion = floorVersion;
    this.known = known;
    this.snapshot = snapshot;
    this.at = fence;
  }

  @Override
  public long epoch() {
    return at.epoch();
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public long commit(Batch batch, Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    return during(
        () -> {
          if (!snapshot.isOver()) {
            throw new IllegalStateException(
                "the snapshot at the fence must be exhausted or closed before the first commit");
          }
          limits.check(batch);
          return commit(batch, deadline);
        });
  }

  private long commit(Batch batch, Deadline deadline) throws StorageException {
    long version = Math.max(at.version(), floorVersion) + 1;
    PlannedCommit plan = known.plan(batch, at, version);
    if (!ensemble.awaitConnected(deadline.half())) {
      throw new UnavailableException(
          "nothing of the commit was sent within " + deadline + ": no connection to " + ensemble);
    }
    Answer answer;
    try {
      answer = ensemble.ask(plan.request(), deadline.half());
    } catch (NoAnswerException doubt) {
      return settle(plan, deadline, doubt);
    }
    Optional<Answer.Failure> failure = answer.failure();
    if (failure.isPresent()) {
      throw refused(plan, failure.get(), deadline);
    }
    Stat written = HeadNodes.stat(answer, plan.headAt());
    return done(plan, written.getVersion(), written.getMzxid());
  }

  private long done(PlannedCommit plan, int headCount, long zxid) {
    at = at.withHead(plan.next(), headCount, zxid);
    plan.effect().run();
    return plan.next().version();
  }

  private StorageException refused(PlannedCommit plan, Answer.Failure failure, Deadline deadline)
      throws StorageException {
    if (failure.code() == Code.BADVERSION) {
      return headMoved(deadline);
    }
    return failures.refused(
        "the commit of version " + plan.next().version(),
        plan.request().get(failure.index()).getPath(),
        failure.code());
  }

  /** The head is not as this session left it: who moved it? */
  private StorageException headMoved(Deadline deadline) throws StorageException {
    try {
      Position now = nodes.latest(deadline);
      return now.epoch() > epoch() ? fencedBy(now.fence()) : Settlement.foreign(layout, at, now);
    } catch (NoAnswerException e) {
      return failures.unanswered("finding out who moved the head", deadline, e);
    }
  }

  private FencedException fencedBy(Fence other) {
    return new FencedException(
        "the session of epoch "
            + epoch()
            + " was fenced by epoch "
            + other.epoch()
            + " ("
            + other.owner()
            + ")");
  }

  private long settle(PlannedCommit plan, Deadline deadline, NoAnswerException doubt)
      throws StorageException {
    Settlement.Verdict verdict = verdict(plan, deadline, doubt);
    if (verdict instanceof Settlement.Verdict.TookEffect took) {
      return done(plan, took.now().headCount(), took.now().zxid());
    }
    if (verdict instanceof Settlement.Verdict.Fenced fenced) {
      throw fencedBy(fenced.by());
    }
    at = ((Settlement.Verdict.NoEffect) verdict).now();
    requireSizeIsNotToBlame(plan, deadline);
    throw failures.unanswered(
        "the commit of version " + plan.next().version() + ", which had no effect,",
        deadline,
        doubt);
  }

  /** Whatever keeps us from finding out, damage and missing rights included, leaves the doubt. */
  private Settlement.Verdict verdict(PlannedCommit plan, Deadline deadline, NoAnswerException doubt)
      throws CommitUnknownException {
    try {
      return new Settlement(ensemble, layout, nodes).of(at, plan.next(), deadline);
    } catch (NoAnswerException | StorageException e) {
      throw new CommitUnknownException(
          "the commit of version "
              + plan.next().version()
              + " may or may not have taken effect: "
              + doubt.getMessage()
              + ", and within "
              + deadline
              + " nothing more could be found out from "
              + ensemble
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** A server that finds a request too large only ends the connection. */
  private void requireSizeIsNotToBlame(PlannedCommit plan, Deadline deadline)
      throws StorageException {
    int bytes = WireSize.of(plan.request());
    if (bytes <= SMALL_REQUEST_BYTES) {
      return;
    }
    try {
      new BufferProbe(ensemble, nodes).requires(bytes, deadline);
    } catch (NoAnswerException e) {
      throw failures.unanswered("the commit, which had no effect,", deadline, e);
    }
  }

  @Override
  public void confirm(Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    during(
        () -> {
          try {
            if (nodes.holds(at.checks(layout), deadline)) {
              return 0L;
            }
          } catch (NoAnswerException e) {
            throw failures.unanswered("confirming epoch " + epoch(), deadline, e);
          }
          throw headMoved(deadline);
        });
  }

  /** One call at a time, each only while the session is not over, which some failures end. */
  private long during(Step step) throws StorageException {
    turn.lock();
    try (OpenCalls.Call call = calls.begin()) {
      requireLive();
      return step.run();
    } catch (FencedException
        | CommitUnknownException
        | DamagedException
        | IncompatibleException e) {
      if (over == null) {
        over = e;
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void requireLive() throws StorageException {
    StorageException ended = over;
    if (ended instanceof FencedException) {
      throw new FencedException(String.valueOf(ended.getMessage()), ended);
    }
    if (ended != null) {
      throw new ClosedException(
          "the session of epoch " + epoch() + " is over: " + ended.getMessage(), ended);
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    boolean mine = false;
    try {
      mine = turn.tryLock(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      snapshot.close();
      if (mine) {
        if (over == null) {
          over = new ClosedException("the session of epoch " + epoch() + " was closed");
        }
        turn.unlock();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    long run() throws StorageException;
  }
}
