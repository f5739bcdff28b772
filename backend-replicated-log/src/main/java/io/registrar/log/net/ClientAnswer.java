package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an answer, as they come. At most four are held. Read by one thread at a time; closed
 * by any.
 */
public final class ClientAnswer implements AutoCloseable {
  private static final int AHEAD = 4;
  private static final int UNBOUNDED = 1 << 30;

  /** What came: a part, or the end, which is in order or not. */
  private record Event(@Nullable Bytes part, @Nullable IOException failure) {}

  private final InetSocketAddress member;
  private final Socket socket;
  private final Consumer<ClientAnswer> closing;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(AHEAD);
  private @Nullable Connection connection;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable Event last;

  ClientAnswer(InetSocketAddress member, Socket socket, Consumer<ClientAnswer> closing) {
    this.member = member;
    this.socket = socket;
    this.closing = closing;
  }

  /** Connects, asks, and takes in the answer to its end, on this thread. */
  void receive(
      Dialing dialing,
      InetSocketAddress address,
      ClientRequest request,
      ScheduledExecutorService timer) {
    Event end;
    try {
      Connection open = ask(dialing, address, request, timer);
      open.setPatience((int) ClientRequests.SILENCE.toMillis());
      end = takeIn(open);
    } catch (IOException e) {
      end = lost(e);
    } catch (RefusedException | RejectedExecutionException e) {
      end = lost(new IOException(e.getMessage(), e));
    }
    Connection.close(socket);
    events.add(end);
  }

  private Connection ask(
      Dialing dialing,
      InetSocketAddress address,
      ClientRequest request,
      ScheduledExecutorService timer)
      throws IOException {
    dialing.connect(socket, address);
    Expiry patience = Expiry.of(socket, NetworkTiming.DEFAULT.hello(), timer);
    try {
      Connection open = dialing.secure(socket, Optional.empty());
      synchronized (this) {
        open.write(new Packet(Packet.Kind.REQUEST, Bytes.of(ClientRequestCodec.write(request))));
        connection = open;
      }
      return open;
    } finally {
      patience.meet();
    }
  }

  private Event takeIn(Connection open) throws IOException, RefusedException {
    while (true) {
      Packet packet = open.read(NetworkLimits.DEFAULT.frameBytes());
      switch (packet.kind()) {
        case PART -> {
          room.acquireUninterruptibly();
          events.add(new Event(packet.content(), null));
        }
        case PULSE -> {
          // It is there, and has nothing to say yet.
        }
        case END -> {
          return new Event(null, null);
        }
        case DENIED, REFUSED -> {
          return new Event(
              null, new RequestRefusedException(member + " refuses: " + packet.text()));
        }
        case FAILED -> {
          return lost(new IOException(packet.text()));
        }
        default -> throw new IOException("it speaks another protocol");
      }
    }
  }

  private Event lost(IOException cause) {
    return new Event(
        null, new IOException("no answer from " + member + ": " + Failures.describe(cause), cause));
  }

  /**
   * The next part; empty at the end of the answer.
   *
   * @throws SocketTimeoutException nothing came within this time; asking again is allowed
   * @throws RequestRefusedException the member does not do it; says why
   * @throws IOException the member was not reached, or the connection was lost; says how
   */
  public Optional<Bytes> next(Duration within) throws IOException {
    Event event = last;
    try {
      event = event != null ? event : events.poll(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + member);
    }
    if (event == null) {
      throw new SocketTimeoutException(member + " sent nothing for " + within.toMillis() + " ms");
    }
    if (event.part() != null) {
      room.release();
      return Optional.of(event.part());
    }
    last = event;
    if (event.failure() != null) {
      throw event.failure();
    }
    return Optional.empty();
  }

  /** Shows the member a sign of life. */
  synchronized void beat() {
    if (connection != null && !closed.get()) {
      try {
        connection.write(Packet.pulse());
      } catch (IOException e) {
        // Whoever reads is told in its own words.
        connection.close();
      }
    }
  }

  /** Leaves, whether the answer was complete or not. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Connection.close(socket);
      // Whoever takes in waits for room no more, and finds the socket closed.
      room.release(UNBOUNDED);
      closing.accept(this);
    }
  }
}
