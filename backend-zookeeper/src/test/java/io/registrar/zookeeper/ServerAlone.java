package io.registrar.zookeeper;

import io.registrar.tck.fault.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * One ZooKeeper server in a JVM of its own, so that what is counted in this one is the client's.
 */
final class ServerAlone implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(30);

  private final Path directory;
  private final ChildJvm process;
  private final String connectString;

  private ServerAlone(Path directory, ChildJvm process, String connectString) {
    this.directory = directory;
    this.process = process;
    this.connectString = connectString;
  }

  static ServerAlone start() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("zookeeper");
    ChildJvm process = ChildJvm.start(ServerAloneProcess.class, LIFE, directory.toString());
    String line = process.await(ServerAloneProcess.SERVES);
    return new ServerAlone(directory, process, line.substring(ServerAloneProcess.SERVES.length()));
  }

  String connectString() {
    return connectString;
  }

  @Override
  public void close() throws IOException {
    process.close();
    List<Path> files;
    try (var walk = Files.walk(directory)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
