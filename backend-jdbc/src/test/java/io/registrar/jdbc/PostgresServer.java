package io.registrar.jdbc;

import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server of the tests' own, on a free port of the loopback address: fsync and
 * synchronous commit are on, passwords are asked for. Ends with this JVM, however that ends.
 */
public final class PostgresServer implements AutoCloseable {
  public static final String USER = "postgres";
  public static final String PASSWORD = "correct horse";

  // The server ends when the pipe to this JVM does; and the shell ends with the server.
  private static final String UNTIL_PIPE_ENDS =
      "exec 3<&0; \"$@\" 3<&- & server=$!; (read end <&3; kill -QUIT $server 2>&-) & wait $server";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path bin;
  private final Path home;
  private final Queue<String> emptied = new ConcurrentLinkedQueue<>();
  private final int port;
  private Process process;

  private PostgresServer(Path bin, Path home, int port) {
    this.bin = bin;
    this.home = home;
    this.port = port;
  }

  /** The one server that most tests share, each in a database of its own. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A new, running server, with more lines for its configuration. */
  public static PostgresServer startNew(String... configuration) throws IOException {
    PostgresServer server = new PostgresServer(PostgresBinaries.find(), newHome(), freePort());
    Path password = server.home.resolve("password");
    Files.writeString(password, PASSWORD);
    server.run(
        server.bin.resolve("initdb").toString(),
        "--pgdata=" + server.data(),
        "--username=" + USER,
        "--pwfile=" + password,
        "--auth=scram-sha-256",
        // A login is as it always is, but for the 4,095 further rounds of its hash: the kit logs in
        // hundreds of times, and they were half of what it computed.
        "--set=scram_iterations=1",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
    List<String> lines = new ArrayList<>();
    lines.add("listen_addresses = '127.0.0.1'");
    lines.add("unix_socket_directories = ''");
    lines.add("fsync = on");
    lines.add("synchronous_commit = on");
    lines.add("shared_buffers = 64MB");
    lines.addAll(List.of(configuration));
    server.configure(lines.toArray(String[]::new));
    server.resume();
    return server;
  }

  /** A stopped copy of this server, which must be stopped, under another port. */
  public PostgresServer copy() throws IOException {
    PostgresServer copy = new PostgresServer(bin, newHome(), freePort());
    run("cp", "-a", data().toString(), passwordFile().toString(), copy.home.toString());
    return copy;
  }

  /** Adds lines to the configuration; counts from the next start. */
  public PostgresServer configure(String... lines) throws IOException {
    Files.write(data().resolve("postgresql.auto.conf"), List.of(lines), StandardOpenOption.APPEND);
    return this;
  }

  /** Has the next start begin as a standby. */
  public PostgresServer standby() throws IOException {
    run("touch", data().resolve("standby.signal").toString());
    return this;
  }

  /** Takes connections through TLS alone from its next start on, with this certificate and key. */
  void requireTls(Path certificate, Path key) throws IOException {
    for (Path file : List.of(certificate, key)) {
      Path own = Files.copy(file, home.resolve(file.getFileName()));
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));
      UnprivilegedUser.give(own);
    }
    configure(
        "ssl = on",
        "ssl_cert_file = '" + home.resolve(certificate.getFileName()) + "'",
        "ssl_key_file = '" + home.resolve(key.getFileName()) + "'");
    Path access = data().resolve("pg_hba.conf");
    Files.writeString(access, "hostssl all all 127.0.0.1/32 scram-sha-256\n");
  }

  /** Starts the server that was stopped or killed, and waits until it answers. */
  public void resume() throws IOException {
    resume("");
  }

  /** The same, where a connection needs these parameters behind its URL. */
  void resume(String parameters) throws IOException {
    Deadline deadline = Deadline.after(PATIENCE);
    while (!answers(parameters)) {
      // After a kill it refuses to start until the last of its earlier processes has ended.
      if (process == null || !process.isAlive()) {
        start();
      }
      if (deadline.hasPassed()) {
        throw new IOException("the server on port " + port + " does not answer:\n" + log());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Starts it, and does not wait. */
  void start() throws IOException {
    List<String> command =
        UnprivilegedUser.command(
            List.of(
                "sh",
                "-c",
                UNTIL_PIPE_ENDS,
                "sh",
                bin.resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port)));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
            .start();
  }

  /** Ends it as {@code pg_ctl stop -m immediate} does: without a checkpoint. */
  public void stopImmediately() throws IOException {
    end("-QUIT");
  }

  /** Ends it in order: sessions are cut, and all is written. */
  public void stop() throws IOException {
    end("-INT");
  }

  /** SIGKILL to the first process of the server; the others end when they notice. */
  public void kill() throws IOException {
    end("-KILL");
  }

  private void end(String signal) throws IOException {
    long pid = pid();
    if (ProcessHandle.of(pid).isPresent()) {
      signal(pid, signal);
    }
    Deadline.after(PATIENCE)
        .await(
            "the server of process " + pid + " has ended",
            () -> !process.isAlive() && ProcessHandle.of(pid).isEmpty());
    process.getOutputStream().close();
  }

  public static void signal(long pid, String signal) throws IOException {
    execute(List.of("kill", signal, Long.toString(pid)));
  }

  long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  Path data() {
    return home.resolve("data");
  }

  public Path passwordFile() {
    return home.resolve("password");
  }

  String log() throws IOException {
    return Files.readString(home.resolve("log"));
  }

  /** The name of an empty database that nobody uses. */
  public String createDatabase() throws SQLException {
    String empty = emptied.poll();
    if (empty != null) {
      return empty;
    }
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return name;
  }

  /**
   * Takes a database back that its test is done with: its connections are ended and all in it is
   * dropped. Each one is three hundred files, which cost more than what most tests do with them.
   */
  void takeBack(String database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
      statement.execute("drop schema public cascade");
      statement.execute("create schema public");
    }
    emptied.add(database);
  }

  public String url(String database) {
    return url(address(), database);
  }

  static String url(InetSocketAddress address, String database) {
    return "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/" + database;
  }

  /** A connection of the superuser, with nothing set. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), USER, PASSWORD);
  }

  private boolean answers(String parameters) {
    try (Connection connection =
        DriverManager.getConnection(url("postgres") + parameters, USER, PASSWORD)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (process != null && process.isAlive()) {
      stopImmediately();
    }
    PostgresBinaries.delete(home);
  }

  private void run(String... command) throws IOException {
    execute(UnprivilegedUser.command(List.of(command)));
  }

  private static void execute(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command + " failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command, e);
    }
  }

  private static Path newHome() throws IOException {
    Path home = Files.createTempDirectory("registrar-test-postgres-home-");
    UnprivilegedUser.give(home);
    return home;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static final class Shared {
    static final PostgresServer SERVER = begin();

    private static PostgresServer begin() {
      try {
        PostgresServer server = startNew("max_connections = 200");
        Runtime.getRuntime().addShutdownHook(new Thread(server::closeAtExit));
        return server;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** The shell ends the server when the pipe ends; nothing here may keep this JVM for long. */
  private void closeAtExit() {
    try {
      long pid = pid();
      process.getOutputStream().close();
      ProcessHandle.of(pid)
          .ifPresent(server -> server.onExit().orTimeout(5, TimeUnit.SECONDS).join());
      PostgresBinaries.delete(home);
    } catch (IOException | RuntimeException e) {
      System.err.println("the server's files stay in " + home + ": " + e);
    }
  }
}
