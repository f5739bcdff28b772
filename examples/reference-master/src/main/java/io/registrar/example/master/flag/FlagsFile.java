package io.registrar.example.master.flag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with a flag a line: {@code name=value}, with or without {@code --}; {@code #} comments.
 */
final class FlagsFile {
  private FlagsFile() {}

  static void read(Path file, FlagTexts into) throws UsageException {
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        readLine(line, "line " + (i + 1) + " of " + file, into);
      }
    }
  }

  private static void readLine(String line, String origin, FlagTexts into) throws UsageException {
    int equals = line.indexOf('=');
    String written = equals < 0 ? line : line.substring(0, equals).strip();
    String name = (written.startsWith("--") ? written.substring(2) : written).replace('-', '_');
    if (equals < 0) {
      throw new UsageException(origin + " is no flag: write name=value; got '" + line + "'", null);
    }
    if (name.equals(MasterFlags.FLAGS_FILE.name())) {
      throw new UsageException(origin + " names another flags file; there can be one", null);
    }
    if (!into.knows(name)) {
      throw new UsageException(
          origin + " has an unknown flag '" + written + "'; --help lists the flags", null);
    }
    into.add(name, line.substring(equals + 1).strip(), origin);
  }

  private static List<String> lines(Path file) throws UsageException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new UsageException("the flags file " + file + " does not exist", e);
    } catch (IOException e) {
      throw new UsageException("the flags file " + file + " cannot be read: " + e, e);
    }
  }
}
