package io.registrar.log.net;

import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.registrar.log.paxos.Bytes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an answer, as they come. At most four are held. Read by one thread at a time; closed
 * by any.
 */
public final class ClientAnswer implements AutoCloseable {
  private static final int AHEAD = 4;

  /** What came: a part, or the end. */
  private record Event(@Nullable Bytes part, Status end) {}

  private final InetSocketAddress member;
  private final ManagedChannel channel;
  private final ClientCall<Bytes, Bytes> call;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private @Nullable Event last;

  ClientAnswer(
      InetSocketAddress member,
      ManagedChannel channel,
      ClientCall<Bytes, Bytes> call,
      Metadata headers) {
    this.member = member;
    this.channel = channel;
    this.call = call;
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(Bytes part) {
            events.add(new Event(part, Status.OK));
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            events.add(new Event(null, status));
          }
        },
        headers);
    call.request(AHEAD);
    call.sendMessage(Bytes.EMPTY);
    call.halfClose();
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
      call.request(1);
      return Optional.of(event.part());
    }
    last = event;
    if (event.end().isOk()) {
      return Optional.empty();
    }
    throw failure(event.end());
  }

  private IOException failure(Status end) {
    String said = Failures.describe(end);
    return switch (end.getCode()) {
      case FAILED_PRECONDITION, INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED ->
          new RequestRefusedException(member + " refuses: " + said);
      default -> new IOException("no answer from " + member + ": " + said, end.getCause());
    };
  }

  /** Leaves, whether the answer was complete or not. Idempotent. */
  @Override
  public void close() {
    call.cancel("the answer is not wanted any more", null);
    channel.shutdownNow();
  }
}
