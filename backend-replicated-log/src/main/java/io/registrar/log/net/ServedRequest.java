package io.registrar.log.net;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.registrar.log.paxos.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's request while it is answered: by one thread, with gRPC calling back on others. */
final class ServedRequest extends ServerCall.Listener<Bytes> implements ClientRequests.Answer {
  private static final Logger LOG = LoggerFactory.getLogger(ServedRequest.class);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final ServerCall<Bytes, Bytes> call;
  private final Runnable leave;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread answering;
  private boolean gone;

  /**
   * Makes one.
   *
   * @param leave closes the connection
   */
  ServedRequest(ServerCall<Bytes, Bytes> call, Runnable leave) {
    this.call = call;
    this.leave = leave;
  }

  /** Answers, and tells the client how it ended. */
  void run(ClientRequests requests, ClientRequest request) {
    Status end;
    try {
      begin();
      call.sendHeaders(new Metadata());
      requests.handle(request, this);
      end = Status.OK;
    } catch (RequestRefusedException e) {
      end = Status.FAILED_PRECONDITION.withDescription(e.getMessage());
    } catch (IOException e) {
      end = Status.ABORTED.withDescription(e.getMessage());
    } catch (InterruptedException e) {
      // The thread goes back to its pool, which clears the mark; nobody above waits for it.
      end = Status.UNAVAILABLE.withDescription("the member closes its network");
    } catch (RuntimeException e) {
      LOG.error("A client's request failed: {}", request, e);
      end = Status.INTERNAL.withDescription("the member failed: see its log");
    }
    finish(end);
  }

  private void begin() throws InterruptedException {
    lock.lock();
    try {
      if (gone) {
        throw new InterruptedException("the client has left");
      }
      answering = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void finish(Status end) {
    lock.lock();
    try {
      answering = null;
      if (!gone) {
        call.close(end, new Metadata());
      }
    } finally {
      lock.unlock();
    }
    leave.run();
  }

  @Override
  public void send(Bytes part) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = PATIENCE_NANOS;
      while (!gone && !call.isReady()) {
        if (left <= 0) {
          throw new IOException("the client has taken nothing for 30 s");
        }
        left = changed.awaitNanos(left);
      }
      if (gone) {
        throw new IOException("the client has left");
      }
      call.sendMessage(part);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onReady() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onCancel() {
    lock.lock();
    try {
      gone = true;
      changed.signalAll();
      if (answering != null) {
        answering.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
