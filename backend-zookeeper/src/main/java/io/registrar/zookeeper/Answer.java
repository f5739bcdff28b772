package io.registrar.zookeeper;

import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.OpResult;

/**
 * What the ensemble answered to a request of several operations: one result each. A write has taken
 * effect whole if none failed, and not at all otherwise; a read answers for each operation.
 *
 * @param results one for each operation
 * @param session the ZooKeeper session that it came by: no answer of a session is older than those
 *     before, for its client refuses servers that lag behind what it has seen
 */
record Answer(List<OpResult> results, long session) {
  /** The operation that made a request fail. */
  record Failure(int index, Code code) {}

  /** The first operation that failed for a reason of its own. */
  Optional<Failure> failure() {
    for (int i = 0; i < results.size(); i++) {
      Optional<Code> code = error(i);
      if (code.isPresent() && code.get() != Code.RUNTIMEINCONSISTENCY) {
        return Optional.of(new Failure(i, code.get()));
      }
    }
    return Optional.empty();
  }

  /** How the operation at an index failed; empty if it did not. */
  Optional<Code> error(int index) {
    return results.get(index) instanceof OpResult.ErrorResult failed
            && failed.getErr() != Code.OK.intValue()
        ? Optional.of(Code.get(failed.getErr()))
        : Optional.empty();
  }

  /** What a {@code getData} at an index read; empty if there is no such node. */
  Optional<OpResult.GetDataResult> data(int index) {
    return results.get(index) instanceof OpResult.GetDataResult read
        ? Optional.of(read)
        : Optional.empty();
  }
}
