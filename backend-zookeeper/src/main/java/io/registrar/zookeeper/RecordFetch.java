package io.registrar.zookeeper;

import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;

/**
 * Reads records by the names of their nodes, many in one request, cut by the sizes that the names
 * promise. Driven by one thread.
 */
final class RecordFetch {
  /** How many bytes of records a request asks for at most, unless one alone is larger. */
  private static final int ANSWER_BYTES = 4 << 20;

  /** What the wire adds to each record of an answer. */
  private static final int STAT_BYTES = 90;

  /** One node: its record, or nothing if there is no such node. */
  record Found(NodeName name, Optional<StoredRecord> record) {}

  /** Some nodes, and the position that was read after them by the same request. */
  record Chunk(List<Found> found, Position behind) {}

  private final Layout layout;
  private final Failures failures;
  private final ReadPipeline pipeline;
  private final Queue<List<NodeName>> asked = new ArrayDeque<>();

  RecordFetch(Ensemble ensemble, Layout layout, Position noOlderThan, List<NodeName> names) {
    this.layout = layout;
    this.failures = new Failures(ensemble);
    this.pipeline = new ReadPipeline(ensemble, layout, noOlderThan, new Requests(names.iterator()));
  }

  /** Whether one request asks for all of these. */
  static boolean takesAtOnce(Collection<NodeName> names) {
    return names.stream().mapToLong(RecordFetch::answerBytes).sum() <= ANSWER_BYTES;
  }

  boolean hasNext() {
    return pipeline.hasNext();
  }

  Chunk next(Deadline deadline) throws StorageException, NoAnswerException {
    ReadPipeline.Read read = pipeline.next(deadline);
    List<NodeName> names = asked.remove();
    List<Found> found = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      found.add(new Found(names.get(i), record(names.get(i), read.answer(), i)));
    }
    return new Chunk(found, read.behind());
  }

  private Optional<StoredRecord> record(NodeName name, Answer answer, int index)
      throws StorageException {
    String path = layout.record(name);
    Optional<OpResult.GetDataResult> read = answer.data(index);
    if (read.isPresent()) {
      return Optional.of(RecordNode.decode(path, name, read.get().getData()));
    }
    Code code = answer.error(index).orElse(Code.SYSTEMERROR);
    if (code == Code.NONODE) {
      return Optional.empty();
    }
    throw failures.refused("reading a record", path, code);
  }

  private static int answerBytes(NodeName name) {
    return name.capacity().bytes() + STAT_BYTES;
  }

  private final class Requests implements Iterator<List<Op>> {
    private final Iterator<NodeName> names;
    private @org.jspecify.annotations.Nullable NodeName held;

    Requests(Iterator<NodeName> names) {
      this.names = names;
    }

    @Override
    public boolean hasNext() {
      return held != null || names.hasNext();
    }

    @Override
    public List<Op> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all records were asked for");
      }
      List<NodeName> chunk = new ArrayList<>();
      List<Op> request = new ArrayList<>();
      int bytes = 0;
      while (hasNext()) {
        NodeName name = held == null ? names.next() : held;
        held = null;
        bytes += answerBytes(name);
        if (bytes > ANSWER_BYTES && !chunk.isEmpty()) {
          held = name;
          break;
        }
        chunk.add(name);
        request.add(Op.getData(layout.record(name)));
      }
      asked.add(chunk);
      return request;
    }
  }
}
