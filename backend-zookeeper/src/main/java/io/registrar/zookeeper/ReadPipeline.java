package io.registrar.zookeeper;

import io.registrar.spi.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.Op;

/**
 * Sends reads of many nodes, a few ahead of what is taken. Each reads fence and head too, last, so
 * that one knows how new the answer is: no older than a given position, whichever server gave it,
 * and of exactly that position if it is still the same. Driven by one thread.
 */
final class ReadPipeline {
  /** How many requests are in flight. */
  private static final int AHEAD = 4;

  /** The answers to one request's operations, and the position behind them. */
  record Read(Answer answer, Position behind) {}

  private record Sent(List<Op> request, CompletableFuture<Answer> answer) {}

  private final Ensemble ensemble;
  private final HeadNodes nodes;
  private final Position noOlderThan;
  private final Iterator<List<Op>> requests;
  private final Deque<Sent> inFlight = new ArrayDeque<>();

  ReadPipeline(
      Ensemble ensemble, Layout layout, Position noOlderThan, Iterator<List<Op>> requests) {
    this.ensemble = ensemble;
    this.nodes = new HeadNodes(ensemble, layout);
    this.noOlderThan = noOlderThan;
    this.requests = requests;
  }

  boolean hasNext() {
    return !inFlight.isEmpty() || requests.hasNext();
  }

  /** The next answer, in the order of the requests. */
  Read next(Deadline deadline) throws StorageException, NoAnswerException {
    while (inFlight.size() < AHEAD && requests.hasNext()) {
      List<Op> request = new ArrayList<>(requests.next());
      request.addAll(nodes.reads());
      inFlight.add(new Sent(request, ensemble.send(request)));
    }
    Sent first = inFlight.element();
    Read read = settle(first, deadline);
    inFlight.remove();
    return read;
  }

  private Read settle(Sent sent, Deadline deadline) throws StorageException, NoAnswerException {
    Answer answer;
    try {
      answer = Ensemble.await(sent.answer(), deadline);
    } catch (NoAnswerException e) {
      ensemble.backOff(deadline, e);
      answer = ensemble.askUntilAnswered(sent.request(), deadline);
    }
    while (true) {
      Position behind = nodes.in(answer, sent.request().size() - HeadNodes.READS);
      if (behind.zxid() >= noOlderThan.zxid()) {
        return new Read(answer, behind);
      }
      // A server that lags, reached by a new ZooKeeper session: asking the quorum has it catch up.
      nodes.catchUp(deadline);
      answer = ensemble.askUntilAnswered(sent.request(), deadline);
    }
  }
}
