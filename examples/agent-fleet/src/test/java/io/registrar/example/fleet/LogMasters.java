package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.cli.member.MemberVerb;
import io.registrar.example.fleet.MasterCluster.Member;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Masters that keep the registry in a log among themselves, each in a process of its own with its
 * own disk, grown and shrunk by the operator's command.
 *
 * <p>Used by one thread.
 */
final class LogMasters implements AutoCloseable {
  private static final Pattern FLAGS = Pattern.compile("(?m)^ +(--log_replica_id=.*)$");

  /** So many may come, whose addresses the fleet is told from the beginning. */
  private static final int MOST = 5;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final MasterCluster cluster;
  private final Path directory;
  private final Map<Integer, Integer> ports = new TreeMap<>();

  /**
   * @param directory for their work directories
   * @param flags of all of them
   */
  LogMasters(Path directory, String... flags) {
    this.directory = directory;
    this.cluster = new MasterCluster(List.of("--registry=replicated_log"), directory, flags);
    for (int id = 1; id <= MOST; id++) {
      cluster.reserve(name(id), freePort());
    }
  }

  /** The first member of a log that begins with it alone, ready to be joined. */
  Member first() throws IOException, InterruptedException {
    return cluster.start(name(1), "--log_listen=" + address(1));
  }

  /** Members 1 to N of a log that begins with all of them. */
  void together(int count) throws IOException, InterruptedException {
    for (int id = 1; id <= count; id++) {
      cluster.start(name(id), flagsOf(id, count));
    }
  }

  /** The flags of a member of a log that begins with N. */
  String[] flagsOf(int id, int count) {
    String all =
        IntStream.rangeClosed(1, count)
            .mapToObj(other -> other + "@" + address(other))
            .collect(Collectors.joining(","));
    return new String[] {"--log_replica_id=" + id, "--log_members=" + all};
  }

  /** Adds a member, starts it with the flags that this prints, and lets it vote. */
  Member grow(int id) throws IOException, InterruptedException {
    Member added = join(id);
    change("promote", id);
    return added;
  }

  /** Adds a member, and starts it with the flags that this prints. It does not vote. */
  Member join(int id) throws IOException, InterruptedException {
    Matcher flags = FLAGS.matcher(command("add", id + "@" + address(id)));
    assertThat(flags.find()).as("flags are printed").isTrue();
    return cluster.start(name(id), flags.group(1).split(" "));
  }

  /**
   * Promotes or removes a member. The lead may move meanwhile, on a busy machine; then the answer
   * breaks off, and the same is asked of the next leader.
   */
  void change(String verb, int id) throws IOException, InterruptedException {
    Deadline deadline = Deadline.after(PATIENCE);
    Result result = tryCommand(verb, String.valueOf(id));
    while (result.status() != 0 && !deadline.hasPassed()) {
      cluster.restartEnded();
      result = tryCommand(verb, String.valueOf(id));
    }
    assertThat(result.status()).as(result.text()).isZero();
  }

  /**
   * Waits until the fleet has had this many more requests acknowledged. Masters that end meanwhile
   * are started again, as a supervisor does: where two of three are left, one that loses its lease
   * on a busy machine is missed for ever.
   */
  void awaitWork(FleetProcess fleet, int more) throws IOException, InterruptedException {
    long least = fleet.acknowledged() + more;
    Deadline deadline = Deadline.after(PATIENCE);
    while (fleet.acknowledged() < least) {
      int restarted = cluster.restartEnded();
      if (restarted > 0) {
        System.out.println(restarted + " had to be restarted: " + cluster);
      }
      if (deadline.hasPassed()) {
        throw new AssertionError(more + " more requests are not acknowledged:\n" + cluster);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** What {@code registrar member ...} prints; it must succeed. */
  String command(String... arguments) {
    Result result = tryCommand(arguments);
    assertThat(result.status()).as(result.text()).isZero();
    return result.text();
  }

  /** How {@code registrar member ...} ends, and what it prints. */
  record Result(int status, String text) {}

  /** Any master may be asked; one that has just ended is passed over. */
  Result tryCommand(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    URI master = cluster.awaitLeader().address();
    int status =
        new CommandLine(new MemberVerb())
            .setOut(out)
            .setErr(out)
            .execute(
                Stream.concat(Stream.of(arguments), Stream.of("--master=" + master))
                    .toArray(String[]::new));
    return new Result(status, text.toString());
  }

  /** The ids of those that vote, as {@code registrar member list} shows them. */
  List<Integer> voters() {
    return command("list")
        .lines()
        .filter(line -> line.contains(" voter ") || line.contains(" coordinator "))
        .map(line -> Integer.valueOf(line.substring(0, line.indexOf(' '))))
        .toList();
  }

  /** Stops a member that was removed. */
  void retire(int id) {
    cluster.retire(name(id));
  }

  MasterCluster cluster() {
    return cluster;
  }

  /** Starts a master that is expected to fail. */
  ChildJvm launch(String name, String... flags) throws IOException {
    return cluster.launch(name, flags);
  }

  static String name(int id) {
    return "m" + id;
  }

  /** A member's work directory. */
  Path work(int id) {
    return directory.resolve(name(id));
  }

  /** Where a member's log is. */
  Path log(int id) {
    return work(id).resolve("replicated_log").resolve("registry.log");
  }

  /** Where a member listens for the others. */
  String address(int id) {
    return "127.0.0.1:" + ports.computeIfAbsent(id, it -> freePort());
  }

  /** Below those that the system gives to whoever asks for any: it is still free later. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        continue; // another one
      }
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
