package io.registrar.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.server.DataNode;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A server in this process whose inside a test may touch. */
final class OwnServer implements AutoCloseable {
  private final HookedServer server;
  private final NIOServerCnxnFactory connections;

  private OwnServer(HookedServer server, NIOServerCnxnFactory connections) {
    this.server = server;
    this.connections = connections;
  }

  static OwnServer start(Path directory) throws IOException, InterruptedException {
    Path data = Files.createDirectory(directory.resolve("data"));
    HookedServer server = new HookedServer(data);
    NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    connections.startup(server);
    return new OwnServer(server, connections);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), connections.getLocalPort());
  }

  String connectString() {
    return "127.0.0.1:" + connections.getLocalPort();
  }

  /** Lets the count of a node's writes be as if there had been billions. */
  void setCount(String path, int count) {
    node(path).stat.setVersion(count);
  }

  int count(String path) {
    return node(path).stat.getVersion();
  }

  /** Ends every client's session, as if none had been heard of for too long. */
  void expireSessions() {
    server.getSessionTracker().globalSessions().forEach(server::closeSession);
  }

  /** The ZooKeeper sessions of all clients. */
  Set<Long> sessions() {
    return Set.copyOf(server.getSessionTracker().globalSessions());
  }

  /**
   * Has something done before the server sees a {@code multi} of one session; what it does must not
   * need that session.
   */
  void beforeEachMultiOf(long session, Runnable step) {
    server.before =
        request -> {
          boolean multi = request.type == OpCode.multi || request.type == OpCode.multiRead;
          if (multi && request.sessionId == session) {
            step.run();
          }
        };
  }

  private DataNode node(String path) {
    return server.getZKDatabase().getNode(path);
  }

  @Override
  public void close() {
    connections.shutdown();
  }

  /** Does something before each request. */
  private static final class HookedServer extends ZooKeeperServer {
    private volatile Consumer<Request> before = request -> {};

    HookedServer(Path data) throws IOException {
      super(data.toFile(), data.toFile(), 500);
    }

    @Override
    public void submitRequest(Request request) {
      before.accept(request);
      super.submitRequest(request);
    }
  }
}
