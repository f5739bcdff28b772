package io.registrar.zookeeper;

import java.io.IOException;
import java.nio.file.Path;

/** The process of {@link ServerAlone}: it serves on a free port until its input ends. */
public final class ServerAloneProcess {
  /** What its first line begins with; the address follows. */
  static final String SERVES = "serves at ";

  private ServerAloneProcess() {}

  /**
   * Serves.
   *
   * @param arguments the directory for the server's data
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (OwnServer server = OwnServer.start(Path.of(arguments[0]))) {
      System.out.println(SERVES + server.connectString());
      while (System.in.read() >= 0) {
        // Nothing is asked of it: whoever started it goes by ending the input.
      }
    }
    // No thread that the server leaves behind may keep the process.
    Runtime.getRuntime().halt(0);
  }
}
