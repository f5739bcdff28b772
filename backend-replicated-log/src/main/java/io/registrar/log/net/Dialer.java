package io.registrar.log.net;

import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
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
  private final ConnectionThreads threads;
  private final ScheduledExecutorService timer;
  private volatile Optional<String> failure = Optional.empty();
  private int failures;
  private int attempts;
  private long opened;
  private @Nullable Socket current;
  private Optional<Reached> last = Optional.empty();
  private boolean stopped;

  /** Who has introduced itself, and where. */
  private record Reached(Member as, InetSocketAddress at) {}

  Dialer(
      MemberId peer,
      Switchboard board,
      Dialing dialing,
      ConnectionThreads threads,
      ScheduledExecutorService timer) {
    this.peer = peer;
    this.board = board;
    this.dialing = dialing;
    this.threads = threads;
    this.timer = timer;
  }

  void start() {
    if (!threads.start(this::dial)) {
      ended("no thread can be started to dial it");
    }
  }

  void stop() {
    Socket socket;
    synchronized (this) {
      stopped = true;
      socket = current;
    }
    if (socket != null) {
      Connection.close(socket);
    }
  }

  Optional<String> failure() {
    return failure;
  }

  /** One attempt, and the connection to its end, on this thread. */
  private void dial() {
    String why;
    try (Socket socket = Connection.unconnected()) {
      int attempt = begin(socket);
      InetSocketAddress told =
          board.book.find(peer).orElseThrow(() -> new IOException("its address is not known"));
      InetSocketAddress address = dialing.resolve(told, attempt);
      why = converse(socket, address);
    } catch (RefusedException e) {
      board.meter.refused(e.refusal(), peer, String.valueOf(e.getMessage()));
      why = String.valueOf(e.getMessage());
    } catch (IOException e) {
      why = peer + " cannot be reached: " + Failures.describe(e);
    } catch (RejectedExecutionException e) {
      why = "this member closes its network";
    }
    ended(why);
  }

  /** From now on a stop ends it. */
  private synchronized int begin(Socket socket) throws IOException {
    if (stopped) {
      throw new IOException("this member closes its network");
    }
    current = socket;
    return attempts++;
  }

  private String converse(Socket socket, InetSocketAddress address)
      throws IOException, RefusedException {
    try {
      dialing.connect(socket, address);
    } catch (IOException e) {
      if (Failures.isRefused(e)) {
        nobodyListens(address);
      }
      throw e;
    }
    Expiry patience = Expiry.of(socket, board.options.timing().hello(), timer);
    Connection connection;
    Hello hello;
    try {
      connection = dialing.secure(socket, Optional.of(peer));
      connection.write(board.introduction());
      hello = answer(connection.read(HelloCodec.MOST_BYTES));
    } catch (IOException e) {
      throw patience.hasPassed() ? new IOException("no hello in time", e) : e;
    } finally {
      patience.meet();
    }
    board.vet(hello, Optional.empty());
    if (!hello.who().member().id().equals(peer)) {
      throw new RefusedException(
          Refusal.OTHER_MEMBER,
          hello.who().member() + " answered: check the address of member " + peer.value());
    }
    PeerStream stream = board.stream(peer, connection, connection::close);
    opened(new Reached(hello.who().member(), address));
    PeerLink link = board.link(peer);
    link.dialed(stream, hello.who().member());
    if (!board.isForeign(hello)) {
      board.learn(peer, hello.addresses());
    }
    return new Conversation(board, connection).follow(link, stream);
  }

  /** Who answers has been checked against its certificate when the connection was made. */
  private static Hello answer(Packet first) throws IOException, RefusedException {
    return switch (first.kind()) {
      case HELLO -> HelloCodec.read(first.content().toArray());
      case REFUSED -> throw new IOException("it refuses: " + first.text());
      default -> throw new RefusedException(Refusal.NOT_OURS, "it answered without a hello");
    };
  }

  /** The other end has introduced itself. */
  private synchronized void opened(Reached reached) {
    opened = System.nanoTime();
    last = Optional.of(reached);
    failure = Optional.empty();
  }

  /** Nobody listens at the address. Who was reached there has ended, which is told once. */
  private void nobodyListens(InetSocketAddress address) {
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
  private void ended(String why) {
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
      timer.schedule(this::start, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The timer ends with the network, and dialing with it.
      failure = Optional.of("the network is closed");
    }
  }
}
