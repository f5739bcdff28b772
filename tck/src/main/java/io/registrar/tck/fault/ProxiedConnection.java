package io.registrar.tck.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** One connection through a {@link TcpProxy}: two sockets, and a thread for each direction. */
final class ProxiedConnection {
  private final Socket client;
  private final Socket server;
  private final Function<Direction, Valve> valves;
  private final Consumer<ProxiedConnection> atEnd;
  private final AtomicInteger pumps = new AtomicInteger(Direction.values().length);
  private volatile boolean cut;

  ProxiedConnection(
      Socket client,
      Socket server,
      Function<Direction, Valve> valves,
      Consumer<ProxiedConnection> atEnd) {
    this.client = client;
    this.server = server;
    this.valves = valves;
    this.atEnd = atEnd;
  }

  void start() {
    for (Direction direction : Direction.values()) {
      Thread pump = new Thread(() -> pump(direction), "proxy-pump-" + direction);
      pump.setDaemon(true);
      pump.start();
    }
  }

  void cut() {
    cut = true;
    for (Socket socket : new Socket[] {client, server}) {
      try {
        // Reset: what was not passed on yet is lost, as it is when a cable is cut.
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException alreadyGone) {
        continue;
      }
    }
    for (Direction direction : Direction.values()) {
      valves.apply(direction).wake();
    }
  }

  void halfClose(Direction direction) {
    try {
      from(direction).shutdownInput();
    } catch (IOException alreadyGone) {
      cut();
    }
  }

  private void pump(Direction direction) {
    try {
      if (passOn(direction)) {
        to(direction).shutdownOutput();
      }
    } catch (IOException gone) {
      cut();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      cut();
    } finally {
      if (pumps.decrementAndGet() == 0) {
        cut();
        atEnd.accept(this);
      }
    }
  }

  /** Passes on bytes; true at the end of the stream, false if the connection was cut. */
  private boolean passOn(Direction direction) throws IOException, InterruptedException {
    byte[] buffer = new byte[16 << 10];
    while (true) {
      int count = read(from(direction), buffer);
      if (count < 0) {
        return true;
      }
      OptionalInt allowed = valves.apply(direction).admit(count, () -> cut);
      to(direction).getOutputStream().write(buffer, 0, allowed.orElse(count));
      if (allowed.isPresent()) {
        cutGently(direction);
        return false;
      }
    }
  }

  /** Reads on; one that was closed for reading before this thread came to read has ended, too. */
  private static int read(Socket from, byte[] buffer) throws IOException {
    try {
      return from.getInputStream().read(buffer);
    } catch (IOException e) {
      if (from.isInputShutdown()) {
        return -1;
      }
      throw e;
    }
  }

  /** Cuts, but lets arrive what was passed on before: a reset would take it away. */
  private void cutGently(Direction direction) throws IOException {
    to(direction).shutdownOutput();
    cut = true;
    from(direction).setSoLinger(true, 0);
    from(direction).close();
    to(direction).close();
    valves.apply(Direction.TO_SERVER).wake();
    valves.apply(Direction.TO_CLIENT).wake();
  }

  private Socket from(Direction direction) {
    return direction == Direction.TO_SERVER ? client : server;
  }

  private Socket to(Direction direction) {
    return direction == Direction.TO_SERVER ? server : client;
  }
}
