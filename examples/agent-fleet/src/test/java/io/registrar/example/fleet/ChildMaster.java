package io.registrar.example.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reference master in a process of its own, so that it can be killed. */
final class ChildMaster implements AutoCloseable {
  private static final Pattern LEADS = Pattern.compile("reference-master leads at (\\S+) .*");

  private final Process process;
  private final URI address;

  private ChildMaster(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts a master and waits until it leads. */
  static ChildMaster start(Path workDirectory, int port, String... flags) throws IOException {
    Path errors = workDirectory.resolveSibling("master.err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml", // its own, not that of some tests
                "-cp",
                System.getProperty("java.class.path"),
                "io.registrar.example.master.Main",
                "--registry=leveldb",
                "--work_dir=" + workDirectory,
                "--port=" + port));
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    BufferedReader out =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine(); // ends with the process if that fails
    while (line != null && !LEADS.matcher(line).matches()) {
      line = out.readLine(); // the logging speaks of several configurations on this class path
    }
    Matcher leads = LEADS.matcher(line == null ? "" : line);
    if (!leads.matches()) {
      process.destroyForcibly();
      throw new IOException("the master does not lead: " + Files.readString(errors));
    }
    return new ChildMaster(process, URI.create(leads.group(1)));
  }

  URI address() {
    return address;
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; the exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** The exit status of a master that ends by itself. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the master does not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
