package io.registrar.zookeeper;

import io.registrar.spi.UnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;

/**
 * Requests to an ensemble, each with a deadline.
 *
 * <p>Curator keeps the connection and begins a new ZooKeeper session when one has expired; it never
 * sends a request of ours, for it would repeat a commit whose answer was lost. Any thread may call.
 */
final class Ensemble implements AutoCloseable {
  private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final CuratorFramework curator;
  private final Connection connection;

  private Ensemble(CuratorFramework curator, Connection connection) {
    this.curator = curator;
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @throws UnavailableException if no server answered in time
   */
  static Ensemble connect(Connection connection, int maxRequestBytes, Deadline deadline)
      throws UnavailableException {
    CuratorFramework curator = CuratorClient.of(connection, maxRequestBytes);
    Ensemble ensemble = new Ensemble(curator, connection);
    curator.start();
    if (!ensemble.awaitConnected(deadline)) {
      ensemble.close();
      throw new UnavailableException(
          "no ZooKeeper server of "
              + connection.address()
              + " could be reached within "
              + deadline
              + ": check the address, and that they run and have a quorum");
    }
    return ensemble;
  }

  /** For Curator's recipes. */
  CuratorFramework curator() {
    return curator;
  }

  Connection connection() {
    return connection;
  }

  /** Waits until a server is connected; false if the time ran out. */
  boolean awaitConnected(Deadline deadline) {
    boolean interrupted = false;
    try {
      while (!deadline.passed()) {
        try {
          long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.leftNanos()));
          return curator.blockUntilConnected(
              (int) Math.min(millis, Integer.MAX_VALUE), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return false;
    } finally {
      restore(interrupted);
    }
  }

  /** Sends a request, once, and does not wait. */
  CompletableFuture<Answer> send(List<Op> request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    if (!curator.getZookeeperClient().isConnected()) {
      // Curator would give up the handle now and then, and wait for it to be closed.
      answer.completeExceptionally(new NoAnswerException("there is no connection", null));
      return answer;
    }
    try {
      ZooKeeper handle = curator.getZookeeperClient().getZooKeeper();
      handle.multi(
          request,
          (code, path, context, results) -> end(answer, code, results, handle.getSessionId()),
          null);
    } catch (KeeperException e) {
      answer.completeExceptionally(NoAnswerException.of(e.code()));
    } catch (Exception e) {
      // Curator declares no type: it has no connection to give.
      answer.completeExceptionally(new NoAnswerException("no connection: " + e.getMessage(), e));
    }
    return answer;
  }

  /** Sends a request, once, as soon as there is a connection, and waits for the answer. */
  Answer ask(List<Op> request, Deadline deadline) throws NoAnswerException {
    if (!awaitConnected(deadline)) {
      throw new NoAnswerException("there was no connection", null);
    }
    return await(send(request), deadline);
  }

  /** Asks until there is an answer; only for requests that change nothing. */
  Answer askUntilAnswered(List<Op> request, Deadline deadline) throws NoAnswerException {
    while (true) {
      try {
        return ask(request, deadline);
      } catch (NoAnswerException e) {
        backOff(deadline, e);
      }
    }
  }

  /** Waits for the answer to what was sent. */
  static Answer await(CompletableFuture<Answer> answer, Deadline deadline)
      throws NoAnswerException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get(Math.max(0, deadline.leftNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      throw new NoAnswerException("no answer came in time", e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new NoAnswerException(String.valueOf(why.getMessage()), why);
    } finally {
      restore(interrupted);
    }
  }

  /** Waits a moment before another attempt, or gives up if the time has run out. */
  void backOff(Deadline deadline, NoAnswerException because) throws NoAnswerException {
    if (deadline.leftNanos() <= BACK_OFF_NANOS) {
      throw because;
    }
    boolean interrupted = false;
    long until = System.nanoTime() + BACK_OFF_NANOS;
    Semaphore never = new Semaphore(0);
    for (long left = BACK_OFF_NANOS; left > 0; left = until - System.nanoTime()) {
      try {
        if (never.tryAcquire(left, TimeUnit.NANOSECONDS)) {
          throw new IllegalStateException("nobody has a permit to give");
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    restore(interrupted);
  }

  @Override
  public void close() {
    curator.close();
  }

  @Override
  public String toString() {
    return connection.address().toString();
  }

  private static void end(
      CompletableFuture<Answer> answer,
      int code,
      @org.jspecify.annotations.Nullable List<OpResult> results,
      long session) {
    if (results != null && !results.isEmpty()) {
      answer.complete(new Answer(results, session));
    } else {
      answer.completeExceptionally(NoAnswerException.of(KeeperException.Code.get(code)));
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
