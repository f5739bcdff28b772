package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's request while it is answered: by one thread, while another hears whether the client is
 * there still.
 */
final class ServedRequest implements ClientRequests.Answer {
  private static final Logger LOG = LoggerFactory.getLogger(ServedRequest.class);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Connection connection;
  private final Runnable leave;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile long writingSince;
  private volatile long wrote = System.nanoTime();
  private volatile boolean takesNothing;
  private @Nullable Thread answering;
  private boolean gone;

  /**
   * Makes one.
   *
   * @param leave closes the connection, a moment after the last word
   */
  ServedRequest(Connection connection, Runnable leave) {
    this.connection = connection;
    this.leave = leave;
  }

  /** Answers, and tells the client how it ended. */
  void run(ClientRequests requests, ClientRequest request) {
    Packet end;
    try {
      begin();
      requests.handle(request, this);
      end = new Packet(Packet.Kind.END, Bytes.EMPTY);
    } catch (RequestRefusedException e) {
      end = Packet.text(Packet.Kind.DENIED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      end = Packet.text(Packet.Kind.FAILED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      // The thread goes back to its pool, which clears the mark; nobody above waits for it.
      end = Packet.text(Packet.Kind.FAILED, "the member closes its network");
    } catch (RuntimeException e) {
      LOG.error("A client's request failed: {}", request, e);
      end = Packet.text(Packet.Kind.FAILED, "the member failed: see its log");
    }
    finish(end);
  }

  private synchronized void begin() throws InterruptedException {
    if (gone) {
      throw new InterruptedException("the client has left");
    }
    answering = Thread.currentThread();
  }

  private void finish(Packet end) {
    boolean isThere;
    synchronized (this) {
      answering = null;
      isThere = !gone;
      // An interrupt that came too late for the answer is not for whoever has the thread next.
      Thread.interrupted();
    }
    if (isThere) {
      try {
        write(end);
      } catch (IOException e) {
        LOG.debug("a client left before the end of its answer: {}", e.toString());
      }
    }
    leave.run();
  }

  @Override
  public void send(Bytes part) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the client has left");
    }
    write(new Packet(Packet.Kind.PART, part));
  }

  private void write(Packet packet) throws IOException {
    writing.lock();
    try {
      writingSince = System.nanoTime();
      connection.write(packet);
      wrote = System.nanoTime();
    } catch (IOException e) {
      throw takesNothing
          ? new IOException("the client has taken nothing for 30 s", e)
          : new IOException("the client has left", e);
    } finally {
      writingSince = 0;
      writing.unlock();
    }
  }

  /**
   * Shows a sign of life where nothing was sent lately. A client that takes nothing is given up.
   */
  void beat() {
    long now = System.nanoTime();
    long since = writingSince;
    if (since != 0 && now - since > PATIENCE_NANOS) {
      takesNothing = true;
      connection.close();
    } else if (now - wrote > ClientRequests.PULSE.toNanos() && writing.tryLock()) {
      try {
        if (connection.takesAtOnce(Packet.pulse())) {
          connection.write(Packet.pulse());
        }
        wrote = now;
      } catch (IOException e) {
        connection.close();
      } finally {
        writing.unlock();
      }
    }
  }

  /**
   * Hears signs of life until there are none; then the answer is interrupted.
   *
   * @throws RefusedException it says something else
   * @throws IOException it has left, or is not heard any more
   */
  void hear() throws IOException, RefusedException {
    try {
      connection.setPatience((int) ClientRequests.SILENCE.toMillis());
      while (true) {
        Packet packet = connection.read(0);
        if (packet.kind() != Packet.Kind.PULSE) {
          throw new RefusedException(
              Refusal.MALFORMED, "a packet of kind " + packet.kind() + " after a request");
        }
      }
    } finally {
      leave();
    }
  }

  private synchronized void leave() {
    gone = true;
    if (answering != null) {
      answering.interrupt();
    }
  }
}
