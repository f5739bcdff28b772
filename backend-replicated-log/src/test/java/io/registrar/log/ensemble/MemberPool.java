package io.registrar.log.ensemble;

import io.registrar.log.node.MemberAddress;
import io.registrar.log.registry.ReplicatedLogStorageProvider;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.FileDamage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ensembles of three, one for each registry that is asked for, whose members are lent out. A member
 * that nobody has borrowed runs in one of three other processes, so that there is always a
 * majority.
 *
 * <p>Whoever opens the registry connects, says which it wants, and is told the target to open: a
 * member of its own, or where all are lent out one that its process has borrowed already. The
 * connection's end gives the member back, so a process that is killed gives back all that it had.
 */
final class MemberPool implements AutoCloseable {
  private static final int MEMBERS = 3;
  private static final int DOOR = 20_000;
  private static final Duration LIFE = Duration.ofMinutes(55);

  /** Slow enough for a machine that does much else. */
  private static final Map<String, String> PACE =
      Map.of("log_election_timeout", "2secs", "log_heartbeat_interval", "200ms");

  /** One member, and who has it. */
  private static final class Loan {
    private final StorageTarget target;
    private final ChildJvm host;
    private String process = "";
    private int borrowers;

    Loan(StorageTarget target, ChildJvm host) {
      this.target = target;
      this.host = host;
    }

    void tellHost(String command, String answer) throws IOException, InterruptedException {
      host.send(command + " " + String.join(" ", target.toArguments()));
      host.await(answer);
    }
  }

  private final Path root;
  private final String network;
  private final ServerSocket door;
  private final List<ChildJvm> hosts = new ArrayList<>();
  private final Map<StorageTarget, List<Loan>> ensembles = new HashMap<>();
  private int founded;
  private final Set<Socket> visitors = ConcurrentHashMap.newKeySet();
  private final Thread porter = new Thread(this::letIn, "member-pool");

  private MemberPool(Path root, String network, ServerSocket door) {
    this.root = root;
    this.network = network;
    this.door = door;
  }

  /**
   * Starts the three processes, with no ensemble yet.
   *
   * @param root where the members keep what they keep
   */
  static MemberPool open(Path root) throws IOException {
    MemberPool pool = claim(root);
    for (int i = 0; i < MEMBERS; i++) {
      pool.hosts.add(ChildJvm.start(EnsembleHost.class, LIFE));
    }
    pool.porter.setDaemon(true);
    pool.porter.start();
    return pool;
  }

  /**
   * A part of the loopback network for this pool alone: each member has an address there, and each
   * ensemble a port that no client of anybody can happen to have.
   */
  private static MemberPool claim(Path root) throws IOException {
    int first = (int) ProcessHandle.current().pid();
    for (int i = first; i < first + 100; i++) {
      String network = "127." + (64 + (i >> 8 & 63)) + "." + (i & 255) + ".";
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(InetAddress.getByName(network + 254), DOOR));
        return new MemberPool(root, network, socket);
      } catch (IOException taken) {
        socket.close();
      }
    }
    throw new IOException("no part of the loopback network is free for an ensemble");
  }

  /** Where to ask for a member. */
  InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  private void letIn() {
    while (!door.isClosed()) {
      try {
        Socket visitor = door.accept();
        visitors.add(visitor);
        Thread clerk = new Thread(() -> serve(visitor), "member-pool-clerk");
        clerk.setDaemon(true);
        clerk.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket visitor) {
    try (visitor) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(visitor.getInputStream(), StandardCharsets.UTF_8));
      PrintStream out = new PrintStream(visitor.getOutputStream(), true, StandardCharsets.UTF_8);
      Loan loan = lend(in.readLine(), Path.of(in.readLine()), in.readLine());
      out.println(String.join(" ", loan.target.toArguments()));
      in.readLine();
      giveBack(loan);
    } catch (IOException | InterruptedException e) {
      if (!door.isClosed()) {
        throw new IllegalStateException("a member could not be lent or taken back", e);
      }
    } finally {
      visitors.remove(visitor);
    }
  }

  private synchronized Loan lend(String process, Path workDirectory, String registry)
      throws IOException, InterruptedException {
    StorageTarget wanted =
        StorageTarget.of(ReplicatedLogStorageProvider.class, workDirectory).named(registry);
    List<Loan> members = ensembles.get(wanted);
    if (members == null) {
      retireOthers(workDirectory);
      members = found(registry);
      ensembles.put(wanted, members);
    }
    for (Loan member : members) {
      if (member.borrowers == 0) {
        member.tellHost("leave", "left");
        return lent(member, process);
      }
    }
    return lent(
        members.stream()
            .filter(member -> member.process.equals(process))
            .min((a, b) -> Integer.compare(a.borrowers, b.borrowers))
            .orElseThrow(() -> new IllegalStateException("every member is in use elsewhere")),
        process);
  }

  private static Loan lent(Loan member, String process) {
    member.process = process;
    member.borrowers++;
    return member;
  }

  /** Those of other tests, which are over: the registries of one test lie in one directory. */
  private void retireOthers(Path workDirectory) throws IOException, InterruptedException {
    for (Map.Entry<StorageTarget, List<Loan>> ensemble : List.copyOf(ensembles.entrySet())) {
      boolean idle = ensemble.getValue().stream().allMatch(member -> member.borrowers == 0);
      Path beside = ensemble.getKey().workDirectory().getParent();
      if (idle && !beside.equals(workDirectory.getParent())) {
        for (Loan member : ensemble.getValue()) {
          member.tellHost("leave", "left");
          FileDamage.deleteTree(member.target.workDirectory());
        }
        ensembles.remove(ensemble.getKey());
      }
    }
  }

  private List<Loan> found(String registry) throws IOException, InterruptedException {
    founded++;
    StringJoiner all = new StringJoiner(",");
    for (int id = 1; id <= MEMBERS; id++) {
      all.add(id + "@" + MemberAddress.write(new InetSocketAddress(network + id, DOOR + founded)));
    }
    List<Loan> members = new ArrayList<>();
    for (int id = 1; id <= MEMBERS; id++) {
      StorageTarget target =
          StorageTarget.of(
                  ReplicatedLogStorageProvider.class,
                  Files.createDirectory(root.resolve(founded + "-" + id)))
              .named(registry)
              .with("log_replica_id", Integer.toString(id))
              .with("log_members", all.toString());
      for (Map.Entry<String, String> pace : PACE.entrySet()) {
        target = target.with(pace.getKey(), pace.getValue());
      }
      Loan member = new Loan(target, hosts.get(id - 1));
      member.tellHost("hold", "held");
      members.add(member);
    }
    return members;
  }

  private synchronized void giveBack(Loan member) throws IOException, InterruptedException {
    member.borrowers--;
    if (member.borrowers == 0) {
      member.tellHost("hold", "held");
    }
  }

  /** Ends the processes. Whoever has a member still keeps it. */
  @Override
  public void close() throws IOException {
    door.close();
    for (Socket visitor : visitors) {
      visitor.close();
    }
    hosts.forEach(ChildJvm::close);
  }
}
