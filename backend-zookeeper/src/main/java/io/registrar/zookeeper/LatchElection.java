package io.registrar.zookeeper;

import io.registrar.spi.Candidate;
import io.registrar.spi.Election;
import io.registrar.spi.Leadership;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;

/**
 * Elections by Curator's leader latch: each candidate has an ephemeral node, and the oldest leads.
 * The lease is the ZooKeeper session; it is given up as soon as the connection is lost, long before
 * the ensemble gives the session up.
 */
final class LatchElection implements Election {
  private final OpenCalls calls;
  private final Ensemble ensemble;
  private final Layout layout;
  private final Failures failures;
  private final Set<LatchLeadership> candidacies = ConcurrentHashMap.newKeySet();

  private volatile boolean mayStand;

  LatchElection(OpenCalls calls, Ensemble ensemble, Layout layout) {
    this.calls = calls;
    this.ensemble = ensemble;
    this.layout = layout;
    this.failures = new Failures(ensemble);
  }

  @Override
  public Optional<Leadership> campaign(Candidate candidate, Duration timeout)
      throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    LatchLeadership candidacy;
    try (OpenCalls.Call call = calls.begin()) {
      requireLeaveToStand(deadline);
      candidacy =
          new LatchLeadership(
              ensemble.curator(), layout.election(), encode(candidate), candidacies::remove);
      candidacy.stand();
      candidacies.add(candidacy);
    }
    // The wait itself is no call that a close has to let end: it is ended by the close.
    boolean won = candidacy.awaitVictory(deadline);
    if (won) {
      return Optional.of(candidacy);
    }
    candidacy.resign();
    try (OpenCalls.Call call = calls.begin()) {
      if (Thread.currentThread().isInterrupted()
          || !ensemble.curator().getZookeeperClient().isConnected()) {
        throw new UnavailableException(
            "the election below "
                + layout.election()
                + " in "
                + ensemble
                + " could not be reached within "
                + deadline
                + ", or the wait was interrupted");
      }
      return Optional.empty();
    }
  }

  /**
   * Returns if we may make nodes below the election's: Curator would try again for ever, and tell
   * nobody. The node that is made for it is gone before anyone can see it.
   */
  private void requireLeaveToStand(Deadline deadline) throws StorageException {
    if (mayStand) {
      return;
    }
    String trial = layout.election() + "/trial-" + UUID.randomUUID();
    List<Op> request =
        List.of(
            Op.create(
                trial, new byte[0], ensemble.connection().access().list(), CreateMode.PERSISTENT),
            Op.delete(trial, 0));
    try {
      Optional<Answer.Failure> failure = ensemble.ask(request, deadline).failure();
      if (failure.isPresent()) {
        throw failures.refused("standing for election", layout.election(), failure.get().code());
      }
    } catch (NoAnswerException e) {
      throw failures.unanswered("standing for election", deadline, e);
    }
    mayStand = true;
  }

  @Override
  public Optional<Candidate> leader(Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    try (OpenCalls.Call call = calls.begin()) {
      while (true) {
        Optional<String> oldest = oldest(deadline);
        if (oldest.isEmpty()) {
          return Optional.empty();
        }
        Answer answer = ensemble.askUntilAnswered(List.of(Op.getData(oldest.get())), deadline);
        Optional<OpResult.GetDataResult> data = answer.data(0);
        if (data.isPresent()) {
          return Optional.of(decode(data.get().getData()));
        }
        requireGone(answer, oldest.get());
      }
    } catch (NoAnswerException e) {
      throw failures.unanswered("finding out who leads", deadline, e);
    }
  }

  private Optional<String> oldest(Deadline deadline) throws StorageException, NoAnswerException {
    Answer answer = ensemble.askUntilAnswered(List.of(Op.getChildren(layout.election())), deadline);
    Optional<Code> error = answer.error(0);
    if (error.isPresent()) {
      throw failures.refused("finding out who leads", layout.election(), error.get());
    }
    return ((OpResult.GetChildrenResult) answer.results().get(0))
        .getChildren().stream()
            .min(Comparator.comparing(LatchElection::sequence))
            .map(child -> layout.election() + "/" + child);
  }

  private void requireGone(Answer answer, String path) throws StorageException {
    Code error = answer.error(0).orElse(Code.SYSTEMERROR);
    if (error != Code.NONODE) {
      throw failures.refused("finding out who leads", path, error);
    }
  }

  /** Ends all candidacies and leaderships. */
  void close() {
    candidacies.forEach(LatchLeadership::resign);
  }

  /** ZooKeeper ends the name of a sequential node with ten digits. */
  private static String sequence(String child) {
    return child.substring(Math.max(0, child.length() - 10));
  }

  private static String encode(Candidate candidate) {
    return candidate.id().length() + ":" + candidate.id() + candidate.address();
  }

  private Candidate decode(byte[] data) throws StorageException {
    String text = new String(data, java.nio.charset.StandardCharsets.UTF_8);
    try {
      int colon = text.indexOf(':');
      int end = colon + 1 + Integer.parseInt(text.substring(0, Math.max(0, colon)));
      return new Candidate(text.substring(colon + 1, end), text.substring(end));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new io.registrar.spi.IncompatibleException(
          "a node below " + layout.election() + " is no candidate's: '" + text + "'", e);
    }
  }
}
