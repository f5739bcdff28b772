package io.registrar.log.net;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Every connection that was accepted, from before its first byte: whoever opens one and says
 * nothing is bounded here.
 *
 * <p>With too many strangers the oldest goes, not the newest: a member needs milliseconds to
 * introduce itself, so that thousands of idle connections do not keep it out. Thread-safe.
 */
final class ConnectionGate {
  /** In this time, whoever was refused can read why. */
  private static final Duration FAREWELL = Duration.ofMillis(200);

  private static final class Stranger {
    final Socket socket;
    final Object remote;
    final long since = System.nanoTime();

    /** It was refused and counted, and is about to be closed. */
    boolean dismissed;

    Stranger(Socket socket) {
      this.socket = socket;
      this.remote = String.valueOf(socket.getRemoteSocketAddress());
    }
  }

  private final int mostStrangers;
  private final long helloNanos;
  private final Meter meter;
  private final ScheduledExecutorService timer;
  private final Map<Socket, Stranger> strangers = new LinkedHashMap<>();
  private final Set<Socket> admitted = new HashSet<>();
  private boolean closed;

  ConnectionGate(
      NetworkLimits limits, NetworkTiming timing, Meter meter, ScheduledExecutorService timer) {
    this.mostStrangers = limits.strangers();
    this.helloNanos = timing.hello().toNanos();
    this.meter = meter;
    this.timer = timer;
  }

  /** Takes note of a connection. */
  void accepted(Socket socket) {
    Stranger oldest = null;
    boolean late;
    synchronized (this) {
      late = closed;
      if (!late) {
        if (strangers.size() >= mostStrangers) {
          Iterator<Stranger> inOrder = strangers.values().iterator();
          oldest = inOrder.next();
          inOrder.remove();
        }
        strangers.put(socket, new Stranger(socket));
      }
    }
    if (late) {
      Connection.close(socket);
    }
    if (oldest != null) {
      end(
          oldest,
          Refusal.TOO_MANY_STRANGERS,
          "more than " + mostStrangers + " connections have not introduced themselves");
    }
  }

  /** Whoever is behind this connection has introduced itself. */
  synchronized void admit(Socket socket) {
    if (strangers.remove(socket) != null) {
      admitted.add(socket);
    }
  }

  /** Ends a connection, once whoever is there has had time to read why. Already counted. */
  void dismiss(Socket socket) {
    synchronized (this) {
      Stranger stranger = strangers.get(socket);
      if (admitted.remove(socket)) {
        // Until it has gone, it is bounded together with the strangers.
        stranger = new Stranger(socket);
        strangers.put(socket, stranger);
      }
      if (stranger != null) {
        stranger.dismissed = true;
      }
    }
    try {
      timer.schedule(() -> Connection.close(socket), FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      Connection.close(socket);
    }
  }

  /** A connection has ended, whoever ended it; it is counted if nobody was known behind it. */
  void left(Socket socket, String why) {
    Stranger stranger;
    synchronized (this) {
      stranger = strangers.remove(socket);
      admitted.remove(socket);
    }
    if (stranger == null) {
      Connection.close(socket);
    } else {
      end(stranger, Refusal.NO_HELLO, "no hello: " + why);
    }
  }

  /** Closes the connections that have not introduced themselves in time. */
  void sweep() {
    List<Stranger> late = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      strangers
          .values()
          .removeIf(
              stranger -> {
                boolean isLate = now - stranger.since > helloNanos;
                if (isLate) {
                  late.add(stranger);
                }
                return isLate;
              });
    }
    late.forEach(stranger -> end(stranger, Refusal.NO_HELLO, "no hello in time"));
  }

  synchronized int strangers() {
    return strangers.size();
  }

  synchronized int connections() {
    return strangers.size() + admitted.size();
  }

  /** Closes every connection, and those that come later. */
  void close() {
    List<Socket> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      all.addAll(strangers.keySet());
      all.addAll(admitted);
      strangers.clear();
      admitted.clear();
    }
    all.forEach(Connection::close);
  }

  private void end(Stranger stranger, Refusal refusal, String why) {
    if (!stranger.dismissed) {
      meter.refused(refusal, stranger.remote, why);
    }
    Connection.close(stranger.socket);
  }
}
