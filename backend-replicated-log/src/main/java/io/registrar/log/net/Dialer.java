package io.registrar.log.net;

import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to one member, dialing again when it ends: after a time that doubles with
 * each failure, less a random part, so that members do not dial in step. Thread-safe.
 */
final class Dialer {
  private final MemberId peer;
  private final Switchboard board;
  private final Dialing dialing;
  private final Executor resolver;
  private final ScheduledExecutorService timer;
  private volatile Optional<String> failure = Optional.empty();
  private int failures;
  private int attempts;
  private long opened;
  private @Nullable DialedStream current;
  private @Nullable InetSocketAddress address;
  private Optional<Reached> last = Optional.empty();
  private boolean stopped;

  /** Who has introduced itself, and where. */
  private record Reached(Member as, InetSocketAddress at) {}

  Dialer(
      MemberId peer,
      Switchboard board,
      Dialing dialing,
      Executor resolver,
      ScheduledExecutorService timer) {
    this.peer = peer;
    this.board = board;
    this.dialing = dialing;
    this.resolver = resolver;
    this.timer = timer;
  }

  void start() {
    resolver.execute(this::dial);
  }

  void stop() {
    DialedStream stream;
    synchronized (this) {
      stopped = true;
      stream = current;
    }
    if (stream != null) {
      stream.end("this member closes its network");
    }
  }

  Optional<String> failure() {
    return failure;
  }

  private void dial() {
    int attempt;
    synchronized (this) {
      if (stopped) {
        return;
      }
      attempt = ++attempts;
    }
    try {
      InetSocketAddress told =
          board.book.find(peer).orElseThrow(() -> new IOException("its address is not known"));
      InetSocketAddress resolved = Dialing.resolve(told, attempt);
      ManagedChannel channel = dialing.open(Optional.of(peer), resolved);
      ClientCall<PeerMessage, PeerMessage> call =
          channel.newCall(PeerProtocol.CONNECT, io.grpc.CallOptions.DEFAULT);
      DialedStream stream = new DialedStream(peer, board, call, channel, this);
      synchronized (this) {
        address = resolved;
      }
      call.start(stream, PeerProtocol.headers(board.hello()));
      call.request(1);
      // Nobody may end a call that has not been started.
      if (!isTaken(stream, attempt)) {
        stream.end("this member closes its network");
        return;
      }
      long patience = board.options.timing().hello().toMillis();
      timer.schedule(stream::expectHello, patience, TimeUnit.MILLISECONDS);
    } catch (IOException | RejectedExecutionException e) {
      ended(peer + " cannot be dialed: " + e.getMessage());
    }
  }

  /** From now on a stop ends it; false if there was one already. A later attempt stays. */
  private synchronized boolean isTaken(DialedStream stream, int attempt) {
    if (attempt == attempts) {
      current = stream;
    }
    return !stopped;
  }

  /** The other end has introduced itself. */
  synchronized void opened(Member as) {
    opened = System.nanoTime();
    last = Optional.ofNullable(address).map(at -> new Reached(as, at));
    failure = Optional.empty();
  }

  /** Nobody listens at the address. Who was reached there has ended, which is told once. */
  void refused() {
    Optional<Reached> gone;
    synchronized (this) {
      gone = last.filter(reached -> reached.at().equals(address));
    }
    if (gone.isPresent() && board.ended(gone.get().as())) {
      synchronized (this) {
        last = last.filter(reached -> !reached.equals(gone.get()));
      }
    }
  }

  /** The connection, or the attempt to make one, is over. */
  void ended(String why) {
    failure = Optional.of(why);
    Duration wait;
    synchronized (this) {
      NetworkTiming timing = board.options.timing();
      boolean lasted = opened != 0 && System.nanoTime() - opened > timing.longestRetry().toNanos();
      failures = lasted ? 0 : Math.min(failures + 1, 30);
      opened = 0;
      current = null;
      if (stopped) {
        return;
      }
      long longest = timing.longestRetry().toMillis();
      long doubled = timing.firstRetry().toMillis() << Math.max(0, Math.min(failures, 20) - 1);
      double part = ThreadLocalRandom.current().nextDouble(0.5, 1);
      wait = Duration.ofMillis((long) (Math.min(longest, doubled) * part));
    }
    try {
      timer.schedule(() -> resolver.execute(this::dial), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The timer ends with the network, and dialing with it.
      failure = Optional.of("the network is closed");
    }
  }
}
