package io.registrar.zookeeper;

import io.registrar.spi.StorageException;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;

/** The nodes of fence and head: reads them, and asks the quorum whether they still stand. */
final class HeadNodes {
  /** How many operations {@link #reads} has. */
  static final int READS = 2;

  private final Ensemble ensemble;
  private final Layout layout;
  private final Failures failures;

  HeadNodes(Ensemble ensemble, Layout layout) {
    this.ensemble = ensemble;
    this.layout = layout;
    this.failures = new Failures(ensemble);
  }

  /** The operations that read the position, to be the last of a request. */
  List<Op> reads() {
    return List.of(Op.getData(layout.fence()), Op.getData(layout.head()));
  }

  /** The position that an answer holds from an index on. */
  Position in(Answer answer, int index) throws StorageException {
    OpResult.GetDataResult fence = required(answer, index, layout.fence());
    OpResult.GetDataResult head = required(answer, index + 1, layout.head());
    return new Position(
        Fence.decode(layout.fence(), fence.getData()),
        fence.getStat().getVersion(),
        Head.decode(layout.head(), head.getData()),
        head.getStat().getVersion(),
        Math.max(fence.getStat().getMzxid(), head.getStat().getMzxid()));
  }

  private OpResult.GetDataResult required(Answer answer, int index, String path)
      throws StorageException {
    Optional<OpResult.GetDataResult> read = answer.data(index);
    if (read.isEmpty()) {
      throw failures.refused(
          "reading the head", path, answer.error(index).orElse(Code.SYSTEMERROR));
    }
    return read.get();
  }

  /** The position as the connected server has it, which may lag behind. */
  Position nearby(Deadline deadline) throws StorageException, NoAnswerException {
    return in(ensemble.askUntilAnswered(reads(), deadline), 0);
  }

  /**
   * The position that was current at some moment during the call: a quorum said so. Commits that go
   * on do not keep it from ending.
   */
  Position latest(Deadline deadline) throws StorageException, NoAnswerException {
    while (true) {
      Position seen = nearby(deadline);
      List<Op> checks = seen.checks(layout);
      Answer checked = ensemble.askUntilAnswered(checks, deadline);
      if (succeeded(checks, checked).isPresent()) {
        return seen;
      }
      // The check has its place in the order of all writes though it failed, and the session has
      // seen it: what this session reads now is no older.
      Answer now = ensemble.askUntilAnswered(reads(), deadline);
      if (now.session() == checked.session()) {
        return in(now, 0);
      }
      if (deadline.passed()) {
        throw new NoAnswerException(
            "the connection to the ensemble was lost again and again", null);
      }
    }
  }

  /** Has the connected server catch up with every write that was acknowledged before. */
  void catchUp(Deadline deadline) throws StorageException, NoAnswerException {
    holds(List.of(Op.check(layout.fence(), -1)), deadline);
  }

  /** Whether some conditions held at some moment during the call, in the order of all writes. */
  boolean holds(List<Op> checks, Deadline deadline) throws StorageException, NoAnswerException {
    return succeeded(checks, ensemble.askUntilAnswered(checks, deadline)).isPresent();
  }

  /**
   * Writes, once, if all conditions of the request hold.
   *
   * @return what ZooKeeper says of the node that the last operation wrote; empty if a condition did
   *     not hold
   */
  Optional<Stat> write(List<Op> request, Deadline deadline)
      throws StorageException, NoAnswerException {
    return succeeded(request, ensemble.ask(request, deadline))
        .map(answer -> stat(answer, request.size() - 1));
  }

  /** What ZooKeeper says of the node that an operation wrote. */
  static Stat stat(Answer answer, int index) {
    return ((OpResult.SetDataResult) answer.results().get(index)).getStat();
  }

  private Optional<Answer> succeeded(List<Op> request, Answer answer) throws StorageException {
    Optional<Answer.Failure> failure = answer.failure();
    if (failure.isPresent() && failure.get().code() != Code.BADVERSION) {
      throw failures.refused(
          "checking the head", request.get(failure.get().index()).getPath(), failure.get().code());
    }
    return failure.isPresent() ? Optional.empty() : Optional.of(answer);
  }
}
