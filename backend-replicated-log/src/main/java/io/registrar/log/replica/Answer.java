package io.registrar.log.replica;

import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Request;
import io.registrar.log.paxos.Settlement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** The answer to one request: waited for by its caller, given by the replica's thread. */
public final class Answer {
  /** Whether the replica knows of the request. */
  private enum Stage {
    WAITING,
    GIVEN,
    WITHDRAWN
  }

  private final Request request;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  private final CompletableFuture<Delivery> end = new CompletableFuture<>();

  Answer(Request request) {
    this.request = request;
  }

  Request request() {
    return request;
  }

  /** The replica's thread takes it up; false if the caller was faster and has withdrawn it. */
  boolean give() {
    return stage.compareAndSet(Stage.WAITING, Stage.GIVEN);
  }

  /** Whether it is withdrawn before the replica knew of it: then it certainly has no effect. */
  boolean withdraw() {
    boolean certain = stage.compareAndSet(Stage.WAITING, Stage.WITHDRAWN);
    if (certain) {
      settle(new Settlement.Refused(Settlement.Reason.WITHDRAWN));
    }
    return certain;
  }

  void settle(Settlement settlement) {
    end.complete(new Delivery.Settled(request, settlement));
  }

  void complete(Delivery delivery) {
    end.complete(delivery);
  }

  /** The replica has ended: certain if it never knew of this. */
  void fail(ReplicaEndedException why) {
    if (!withdraw()) {
      end.completeExceptionally(why);
    }
  }

  boolean isDone() {
    return end.isDone();
  }

  Delivery await(long nanos) throws InterruptedException, TimeoutException, ReplicaEndedException {
    try {
      return end.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ReplicaEndedException ended) {
        throw new ReplicaEndedException(String.valueOf(ended.getMessage()), ended);
      }
      throw new IllegalStateException("an answer failed in a way that is not one", e);
    }
  }
}
