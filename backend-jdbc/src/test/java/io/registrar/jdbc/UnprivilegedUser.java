package io.registrar.jdbc;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Runs PostgreSQL's programs, which refuse root, as somebody else where the build is root. */
final class UnprivilegedUser {
  private static final String NOBODY = "nobody";
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private UnprivilegedUser() {}

  /** The command as an unprivileged user; as it is if this process has no privileges anyway. */
  static List<String> command(List<String> plain) {
    if (!ROOT) {
      return plain;
    }
    List<String> command;
    if (installed("runuser")) {
      command = new ArrayList<>(List.of("runuser", "-u", NOBODY, "--"));
    } else if (installed("setpriv")) {
      command = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--clear-groups"));
    } else {
      throw new TestAbortedException(
          "PostgreSQL refuses root, and neither runuser nor setpriv is there to become "
              + NOBODY
              + ": run the build as another user");
    }
    command.addAll(plain);
    return command;
  }

  /** Gives a directory to the user that {@link #command} runs as. */
  static void give(Path directory) throws IOException {
    if (ROOT) {
      Files.setOwner(
          directory,
          directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
    }
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
