package io.registrar.log.net;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Every connection that was accepted, from before its first byte. gRPC knows a connection only once
 * it speaks HTTP/2; whoever opens one and says nothing is bounded here.
 *
 * <p>With too many strangers the oldest goes, not the newest: a member needs milliseconds to
 * introduce itself, so that thousands of idle connections do not keep it out. Thread-safe.
 */
final class ConnectionGate {
  /** In this time, whoever was refused can read why. */
  private static final Duration FAREWELL = Duration.ofMillis(200);

  private static final class Stranger {
    final Channel channel;
    final long since = System.nanoTime();

    /** It was refused and counted, and is about to be closed. */
    boolean dismissed;

    Stranger(Channel channel) {
      this.channel = channel;
    }
  }

  private final int mostStrangers;
  private final long helloNanos;
  private final Meter meter;
  private final Map<SocketAddress, Stranger> strangers = new LinkedHashMap<>();
  private final Map<SocketAddress, Channel> admitted = new HashMap<>();
  private boolean closed;

  ConnectionGate(NetworkLimits limits, NetworkTiming timing, Meter meter) {
    this.mostStrangers = limits.strangers();
    this.helloNanos = timing.hello().toNanos();
    this.meter = meter;
  }

  /** Takes note of a connection, which may not belong to an event loop yet. */
  void accepted(Channel channel) {
    SocketAddress remote = channel.remoteAddress();
    Stranger oldest = null;
    boolean late;
    synchronized (this) {
      late = closed || remote == null;
      if (!late) {
        if (strangers.size() >= mostStrangers) {
          Iterator<Stranger> inOrder = strangers.values().iterator();
          oldest = inOrder.next();
          inOrder.remove();
        }
        strangers.put(remote, new Stranger(channel));
      }
    }
    if (late) {
      end(channel);
    } else {
      channel.closeFuture().addListener(gone -> left(remote, channel));
    }
    if (oldest != null) {
      count(
          oldest,
          Refusal.TOO_MANY_STRANGERS,
          "more than " + mostStrangers + " connections have not introduced themselves");
      end(oldest.channel);
    }
  }

  /** Whoever is behind this connection has introduced itself. */
  synchronized void admit(@Nullable SocketAddress remote) {
    Stranger stranger = strangers.remove(remote);
    if (stranger != null) {
      admitted.put(remote, stranger.channel);
    }
  }

  /** Ends a connection, once whoever is there has had time to read why. Already counted. */
  void dismiss(@Nullable SocketAddress remote) {
    Channel channel;
    synchronized (this) {
      Stranger stranger = strangers.get(remote);
      Channel known = admitted.remove(remote);
      if (stranger == null && known != null && remote != null) {
        // Until it has gone, it is bounded together with the strangers.
        stranger = new Stranger(known);
        strangers.put(remote, stranger);
      }
      if (stranger != null) {
        stranger.dismissed = true;
      }
      channel = stranger == null ? null : stranger.channel;
    }
    if (channel != null && channel.isRegistered()) {
      Channel leaving = channel;
      channel.eventLoop().schedule(() -> end(leaving), FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
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
    for (Stranger stranger : late) {
      count(stranger, Refusal.NO_HELLO, "no hello in time");
      end(stranger.channel);
    }
  }

  synchronized int strangers() {
    return strangers.size();
  }

  synchronized int connections() {
    return strangers.size() + admitted.size();
  }

  /** Closes every connection, and those that come later. */
  void close() {
    List<Channel> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      strangers.values().forEach(stranger -> all.add(stranger.channel));
      all.addAll(admitted.values());
      strangers.clear();
      admitted.clear();
    }
    all.forEach(ConnectionGate::end);
  }

  private void left(SocketAddress remote, Channel channel) {
    Stranger stranger;
    synchronized (this) {
      stranger = strangers.get(remote);
      if (stranger != null && stranger.channel == channel) {
        strangers.remove(remote);
      } else {
        stranger = null;
      }
      admitted.remove(remote, channel);
    }
    if (stranger != null) {
      count(stranger, Refusal.NO_HELLO, "it left without a hello, or does not speak HTTP/2");
    }
  }

  private void count(Stranger stranger, Refusal refusal, String why) {
    if (!stranger.dismissed) {
      meter.refused(refusal, stranger.channel.remoteAddress(), why);
    }
  }

  private static void end(Channel channel) {
    if (channel.isRegistered()) {
      channel.close();
    } else {
      channel.pipeline().addLast(ClosedOnArrival.HANDLER);
    }
  }
}
