package io.registrar.zookeeper;

import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.TcpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Three ZooKeeper servers, each in a JVM of its own, so that they can be killed and stopped, with a
 * proxy on the way from each to each, so that one can be left behind.
 */
public final class Quorum implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(25);
  private static final int SERVERS = 3;

  private final Path directory;
  private final int syncLimitTicks;
  private final List<Integer> ports = new ArrayList<>();
  private final List<ChildJvm> servers = new ArrayList<>();
  private final TcpProxy[][] links = new TcpProxy[SERVERS][SERVERS];

  private Quorum(Path directory, int syncLimitTicks) {
    this.directory = directory;
    this.syncLimitTicks = syncLimitTicks;
  }

  /** Starts three servers that bear with one left far behind. */
  static Quorum start() throws Exception {
    return start(40);
  }

  /**
   * Starts three servers, and waits until they have a leader.
   *
   * @param syncLimitTicks how many half seconds a follower may be out of touch with the leader
   */
  public static Quorum start(int syncLimitTicks) throws Exception {
    Quorum quorum = new Quorum(Files.createTempDirectory("quorum"), syncLimitTicks);
    List<Integer> free = freePorts(3 * SERVERS);
    for (int i = 0; i < SERVERS; i++) {
      quorum.ports.add(free.get(i));
      quorum.configure(i, free);
    }
    for (int i = 0; i < SERVERS; i++) {
      quorum.servers.add(quorum.launch(i));
    }
    quorum.leader();
    return quorum;
  }

  private void configure(int i, List<Integer> free) throws IOException {
    StringBuilder members = new StringBuilder();
    for (int j = 0; j < SERVERS; j++) {
      int port = free.get(SERVERS + j);
      if (i != j) {
        links[i][j] = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = links[i][j].address().getPort();
      }
      members.append(
          "server.%d=127.0.0.1:%d:%d%n".formatted(j + 1, port, free.get(2 * SERVERS + j)));
    }
    Path data = Files.createDirectory(directory.resolve("data" + i));
    Files.writeString(data.resolve("myid"), Integer.toString(i + 1));
    Files.writeString(
        configuration(i),
        """
        tickTime=500
        initLimit=20
        syncLimit=%d
        dataDir=%s
        clientPort=%d
        clientPortAddress=127.0.0.1
        admin.enableServer=false
        4lw.commands.whitelist=*
        %s"""
            .formatted(syncLimitTicks, data, ports.get(i), members));
  }

  /** The way on which a follower is connected to a leader. */
  public TcpProxy link(int follower, int leader) {
    return links[follower][leader];
  }

  private Path configuration(int i) {
    return directory.resolve("server" + i + ".cfg");
  }

  private ChildJvm launch(int i) throws IOException {
    return ChildJvm.start(ServerProcess.class, LIFE, configuration(i).toString());
  }

  /** The process of a server, 0 to 2. */
  public ChildJvm server(int i) {
    return servers.get(i);
  }

  /** Where a server listens for clients, as host:port. */
  public String address(int i) {
    return "127.0.0.1:" + ports.get(i);
  }

  /** Where all listen, as a client is told. */
  public String addresses() {
    return address(0) + "," + address(1) + "," + address(2);
  }

  /** SIGKILL. */
  public void kill(int i) {
    servers.get(i).kill();
  }

  /** Starts a server that was killed, and waits until it follows. */
  public void restart(int i) throws IOException {
    servers.set(i, launch(i));
    awaitMode(i, "follower");
  }

  /** The server that leads now, once there is one and the others follow it. */
  public int leader() {
    int[] leader = {-1};
    Deadline.after(Duration.ofSeconds(60))
        .await(
            "three servers have a leader",
            () -> {
              int followers = 0;
              for (int i = 0; i < SERVERS; i++) {
                String mode = mode(i);
                leader[0] = mode.equals("leader") ? i : leader[0];
                followers += mode.equals("follower") ? 1 : 0;
              }
              return leader[0] >= 0 && followers == SERVERS - 1;
            });
    return leader[0];
  }

  /** A server that follows now. */
  public int follower() {
    return otherThan(leader());
  }

  /** A server that is another; the leader, if that is one of several. */
  public int otherThan(int i) {
    return (i + 1) % SERVERS;
  }

  private void awaitMode(int i, String wanted) {
    Deadline.after(Duration.ofSeconds(60))
        .await("server " + i + " is a " + wanted, () -> mode(i).equals(wanted));
  }

  private String mode(int i) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.get(i))) {
      socket.setSoTimeout(2000);
      socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer
          .lines()
          .filter(line -> line.startsWith("Mode: "))
          .map(line -> line.substring(6))
          .findFirst()
          .orElse("none");
    } catch (IOException notYet) {
      return "down";
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      ports.add(held.get(i).getLocalPort());
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }

  @Override
  public void close() {
    servers.forEach(ChildJvm::close);
    for (int i = 0; i < SERVERS; i++) {
      for (int j = 0; j < SERVERS; j++) {
        close(i, j);
      }
    }
    try (var files = Files.walk(directory)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void close(int i, int j) {
    try {
      if (i != j) {
        links[i][j].close();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
