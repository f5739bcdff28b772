package io.registrar.example.fleet;

import io.registrar.jdbc.PostgresServer;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Masters in processes of their own that share one storage, and elect one of them. Each has a name,
 * its own work directory, and, from its second start on, the port of its first.
 *
 * <p>Used by one thread.
 */
final class MasterCluster implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(25);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String STANDS_BY = "reference-master stands by at ";
  private static final String LEADS = "reference-master leads at ";

  private final List<String> storage;
  private final Path directory;
  private final List<String> flags;
  private int megabytes = 256;
  private final Map<String, Member> members = new TreeMap<>();
  private final Map<String, URI> addresses = new TreeMap<>();
  private final List<ChildJvm> starting = new ArrayList<>();

  /**
   * @param storage the flags that name it
   * @param directory for their work directories
   */
  MasterCluster(List<String> storage, Path directory, String... flags) {
    this.storage = List.copyOf(storage);
    this.directory = directory;
    this.flags = List.of(flags);
  }

  /**
   * A cluster on PostgreSQL.
   *
   * @param url the database, as the masters reach it
   */
  MasterCluster(PostgresServer server, String url, Path directory, String... flags) {
    this(
        List.of(
            "--registry=jdbc",
            "--jdbc_url=" + url,
            "--jdbc_user=" + PostgresServer.USER,
            "--jdbc_password_file=" + server.passwordFile(),
            "--jdbc_connect_timeout=20secs"),
        directory,
        flags);
  }

  /** A cluster in a new database of a server. */
  static MasterCluster on(PostgresServer server, Path directory, String... flags)
      throws SQLException {
    return new MasterCluster(server, server.url(server.createDatabase()), directory, flags);
  }

  /** One master's process. */
  static final class Member {
    private final String name;
    private final ChildJvm process;
    private final URI address;
    private final List<String> flags;
    private boolean led;

    private Member(String name, ChildJvm process, URI address, List<String> flags) {
      this.name = name;
      this.process = process;
      this.address = address;
      this.flags = flags;
    }

    String name() {
      return name;
    }

    ChildJvm process() {
      return process;
    }

    URI address() {
      return address;
    }

    /** Whether it has said that it leads, and goes on. */
    boolean leads() {
      return hasLed() && process.isAlive();
    }

    /** Whether it has ever said that it leads. */
    boolean hasLed() {
      led |= process.drain().stream().anyMatch(line -> line.startsWith(LEADS));
      return led;
    }

    @Override
    public String toString() {
      String state = process.isAlive() ? "alive" : "ended with " + process.awaitExit();
      return name + ", " + state + ":\n" + process.errorText() + "\n";
    }

    /** SIGTERM; the exit status. */
    int terminate() {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
      return process.awaitExit();
    }
  }

  /** Starts a master, and waits until it listens. */
  Member start(String name, String... more) throws IOException, InterruptedException {
    ChildJvm process = launch(name, more);
    starting.add(process);
    URI address = URI.create(process.await(STANDS_BY).substring(STANDS_BY.length()));
    starting.remove(process);
    Member member = new Member(name, process, address, List.of(more));
    members.put(name, member);
    addresses.put(name, address);
    return member;
  }

  /** How much memory each master has that is started from now on. */
  void giveMemory(int newMegabytes) {
    megabytes = newMegabytes;
  }

  /** A master of this name will listen there, so that its address is known before it starts. */
  void reserve(String name, int port) {
    addresses.put(name, URI.create("http://127.0.0.1:" + port));
  }

  /** Kills a master, which is not restarted. */
  void kill(String name) {
    Objects.requireNonNull(members.remove(name)).process().close();
  }

  /** Stops a master for good. */
  void retire(String name) {
    suspend(name).process().close();
  }

  /** Stops a master, until it is restarted. */
  Member suspend(String name) {
    Member member = Objects.requireNonNull(members.remove(name));
    member.terminate();
    return member;
  }

  /** Starts those that have ended again, as a process supervisor does; how many they were. */
  int restartEnded() throws IOException, InterruptedException {
    int ended = 0;
    for (Member member : List.copyOf(members.values())) {
      if (!member.process().isAlive()) {
        restart(member);
        ended++;
      }
    }
    return ended;
  }

  /** Starts a master again that has ended, as it was started last. */
  Member restart(Member member) throws IOException, InterruptedException {
    member.process().close();
    return start(member.name(), member.flags.toArray(String[]::new));
  }

  /** Starts a master that is expected to fail; its end is for the caller to see. */
  ChildJvm launch(String name, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(storage);
    arguments.add("--work_dir=" + directory.resolve(name));
    URI before = addresses.get(name);
    arguments.add("--port=" + (before == null ? 0 : before.getPort()));
    arguments.addAll(flags);
    arguments.addAll(List.of(more));
    // The master's own logging, not that of the tests on the class path.
    List<String> options =
        List.of("-Xmx" + megabytes + "m", "-Dlogback.configurationFile=logback.xml");
    return ChildJvm.start(io.registrar.example.master.Main.class, LIFE, options, arguments);
  }

  /** Where all masters are or were. */
  List<URI> addresses() {
    return List.copyOf(addresses.values());
  }

  /** The master that leads, and is not one of these; waits until there is one. */
  Member awaitLeader(Member... others) {
    List<Member> not = List.of(others);
    Deadline deadline = Deadline.after(PATIENCE);
    for (Optional<Member> leader = find(not); ; leader = find(not)) {
      if (leader.isPresent()) {
        return leader.get();
      }
      if (deadline.hasPassed()) {
        throw new AssertionError("no other master leads:\n" + members.values());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The master that leads now, and is not one of these, if one does. */
  Optional<Member> leader(Member... not) {
    return find(List.of(not));
  }

  /** How much processor time each process has had so far, by its number. */
  Map<Long, Duration> worked() {
    Map<Long, Duration> worked = new TreeMap<>();
    for (Member member : members.values()) {
      long pid = member.process().pid();
      ProcessHandle.of(pid)
          .flatMap(process -> process.info().totalCpuDuration())
          .ifPresent(time -> worked.put(pid, time));
    }
    return worked;
  }

  /** Where the masters are that were started and not retired. */
  List<URI> running() {
    return members.values().stream().map(Member::address).toList();
  }

  /** The names of the masters whose processes have ended. */
  List<String> ended() {
    return members.values().stream()
        .filter(member -> !member.process().isAlive())
        .map(Member::name)
        .toList();
  }

  private Optional<Member> find(List<Member> not) {
    return members.values().stream()
        .filter(member -> !not.contains(member))
        .filter(Member::leads)
        .findFirst();
  }

  /** How long this took, in milliseconds. */
  static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** How each of them stands, and what it has said. */
  @Override
  public String toString() {
    return members.values().toString();
  }

  @Override
  public void close() {
    members.values().forEach(member -> member.process().close());
    starting.forEach(ChildJvm::close);
  }
}
