package io.registrar.log.ensemble;

import io.registrar.tck.fault.FaultNotAvailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace for each member, all on one bridge in a namespace of its own, so that any way
 * from one member to another can be cut without either being told. Needs the right to make
 * namespaces; removed by {@link #close}. Driven by one thread.
 */
final class NamespaceNetwork implements AutoCloseable {
  private static final String SUBNET = "10.77.0.";
  private static final int PORT = 5051;

  /** One way from a member to another. */
  record Way(int from, int to) {}

  private final String prefix = "log" + ProcessHandle.current().pid() + "-";
  private final List<String> made = new ArrayList<>();
  private final List<Way> cut = new ArrayList<>();
  private final Thread atExit = new Thread(this::remove);

  private NamespaceNetwork() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Makes a network for so many members.
   *
   * @throws FaultNotAvailable if this machine does not permit it
   */
  static NamespaceNetwork of(int members) throws IOException {
    NamespaceNetwork network = new NamespaceNetwork();
    try {
      network.make(members);
    } catch (IOException e) {
      network.close();
      throw new FaultNotAvailable("a network cannot be made here, so that it is cut", e);
    }
    return network;
  }

  private void make(int members) throws IOException {
    add(name(0));
    ip("-n", name(0), "link", "add", "bridge", "type", "bridge");
    ip("-n", name(0), "link", "set", "bridge", "up");
    for (int i = 1; i <= members; i++) {
      add(name(i));
      ip("-n", name(i), "link", "add", "eth", "type", "veth", "peer", "port" + i, "netns", name(0));
      ip("-n", name(0), "link", "set", "port" + i, "master", "bridge", "up");
      ip("-n", name(i), "addr", "add", SUBNET + i + "/24", "dev", "eth");
      ip("-n", name(i), "link", "set", "eth", "up");
      ip("-n", name(i), "link", "set", "lo", "up");
    }
  }

  private void add(String namespace) throws IOException {
    ip("netns", "add", namespace);
    made.add(namespace);
  }

  private String name(int member) {
    return prefix + member;
  }

  InetSocketAddress address(int member) {
    return InetSocketAddress.createUnresolved(SUBNET + member, PORT);
  }

  /** The command that starts another in a member's namespace. */
  List<String> launcher(int member) {
    return List.of("ip", "netns", "exec", name(member));
  }

  /** From now on nothing goes this way, and nobody is told. */
  void cut(Way way) throws IOException {
    if (!cut.contains(way)) {
      ip("-n", name(way.from()), "route", "add", "blackhole", SUBNET + way.to());
      cut.add(way);
    }
  }

  /** Every way is open again. */
  void heal() throws IOException {
    for (Way way : cut) {
      ip("-n", name(way.from()), "route", "del", "blackhole", SUBNET + way.to());
    }
    cut.clear();
  }

  private static void ip(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during " + String.join(" ", command), e);
    }
  }

  private void remove() {
    for (String namespace : made) {
      try {
        ip("netns", "del", namespace);
      } catch (IOException e) {
        System.err.println("the network namespace " + namespace + " stays: " + e.getMessage());
      }
    }
    made.clear();
  }

  /** Removes the namespaces; processes that are in one keep it until they end. */
  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
