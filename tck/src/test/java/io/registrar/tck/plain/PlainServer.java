package io.registrar.tck.plain;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An engine that is reached over TCP: keeps numbered states by name, and replaces one only by the
 * next. A connection asks once: the name, and the number that the new state follows; or {@link
 * #READ} and the number that it knows, for what is new.
 */
public final class PlainServer implements AutoCloseable {
  static final long READ = -1;

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final ServerSocket listener;

  /** One state; none has the number 0. */
  private record State(long number, byte[] bytes) {
    static final State NONE = new State(0, new byte[0]);
  }

  private PlainServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** A server on a free port of the loopback address, with nothing in it. */
  public static PlainServer start() throws IOException {
    PlainServer server = new PlainServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(server::serve, "plain-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        answer(
            new DataInputStream(client.getInputStream()),
            new DataOutputStream(client.getOutputStream()));
      } catch (IOException e) {
        // The listener was closed, and the loop ends; or a client has gone, and the next may not.
        continue;
      }
    }
  }

  private void answer(DataInputStream in, DataOutputStream out) throws IOException {
    String name = in.readUTF();
    long follows = in.readLong();
    State held = states.getOrDefault(name, State.NONE);
    if (follows == READ) {
      byte[] news = in.readLong() == held.number ? new byte[0] : held.bytes;
      out.writeLong(held.number);
      out.writeInt(news.length);
      out.write(news);
    } else {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      boolean next = held.number == follows;
      if (next) {
        states.put(name, new State(follows + 1, bytes));
      }
      out.writeBoolean(next);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
