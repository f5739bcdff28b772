package io.registrar.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.DataNode;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A server in this process whose inside a test may touch. */
final class OwnServer implements AutoCloseable {
  private final ZooKeeperServer server;
  private final NIOServerCnxnFactory connections;

  private OwnServer(ZooKeeperServer server, NIOServerCnxnFactory connections) {
    this.server = server;
    this.connections = connections;
  }

  static OwnServer start(Path directory) throws IOException, InterruptedException {
    Path data = Files.createDirectory(directory.resolve("data"));
    ZooKeeperServer server = new ZooKeeperServer(data.toFile(), data.toFile(), 500);
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

  private DataNode node(String path) {
    return server.getZKDatabase().getNode(path);
  }

  @Override
  public void close() {
    connections.shutdown();
  }
}
