package io.registrar.log.sim.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The protocol with one rule broken: a text file that says which sentence of which source file is
 * replaced by what. The form is
 *
 * <pre>
 * One sentence that says what is broken.
 * expect: I6 I1
 * file: Acceptor.java
 * --- true
 * the text as it stands, found exactly once
 * --- broken
 * the text that replaces it
 * --- end
 * </pre>
 *
 * with as many {@code file} parts as it takes. A line {@code faults:} narrows the search to some
 * classes of faults, {@code seed:} says where an earlier search found it, {@code noticed:} names a
 * scenario in text that notices it, {@code replayed:} a replay that breaks it.
 *
 * @param name the file's name without its ending, such as {@code P06-accept-keeps-promise}
 * @param expect the invariants of which any may fire; a mutant that is caught by another one is
 *     caught too, but the campaign says so
 * @param faults the list for {@code FaultClass.parse}, "all" unless narrowed
 * @param seed the seed that caught it when its file was last brought up to date
 * @param noticed how the name of the scenario begins that notices it; "-" if none does
 * @param replayed the name of the replay that breaks it; "-" if none does
 */
record Mutant(
    String name,
    String sentence,
    List<String> expect,
    String faults,
    long seed,
    String noticed,
    String replayed,
    List<Edit> edits) {

  /** One replacement in one source file of the core. */
  record Edit(String file, String before, String after) {
    String applyTo(String source, String mutant) {
      int at = source.indexOf(before);
      if (at < 0 || source.indexOf(before, at + 1) >= 0) {
        throw new IllegalStateException(
            mutant
                + " no longer fits "
                + file
                + ": its text must be there exactly once; bring the mutant up to date:\n"
                + before);
      }
      return source.substring(0, at) + after + source.substring(at + before.length());
    }
  }

  /** Reads every mutant of a folder, in the order of their names. */
  static List<Mutant> readAll(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      List<Mutant> mutants = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".txt")).sorted().toList()) {
        String name = file.getFileName().toString();
        mutants.add(parse(name.substring(0, name.length() - 4), Files.readAllLines(file)));
      }
      return mutants;
    }
  }

  static Mutant parse(String name, List<String> lines) {
    List<String> expect = List.of();
    String faults = "all";
    long seed = 1;
    String noticed = "-";
    String replayed = "-";
    String file = "";
    List<Edit> edits = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("expect:")) {
        expect = Arrays.asList(after(line).split(" +"));
      } else if (line.startsWith("faults:")) {
        faults = after(line);
      } else if (line.startsWith("seed:")) {
        seed = Long.parseLong(after(line));
      } else if (line.startsWith("noticed:")) {
        noticed = after(line);
      } else if (line.startsWith("replayed:")) {
        replayed = after(line);
      } else if (line.startsWith("file:")) {
        file = after(line);
      } else if (line.equals("--- true")) {
        int broken = i + lines.subList(i, lines.size()).indexOf("--- broken");
        int end = i + lines.subList(i, lines.size()).indexOf("--- end");
        edits.add(new Edit(file, text(lines, i + 1, broken), text(lines, broken + 1, end)));
        i = end;
      } else if (!line.isBlank()) {
        throw new IllegalArgumentException(name + ": what is this line? " + line);
      }
    }
    return new Mutant(name, lines.get(0), expect, faults, seed, noticed, replayed, edits);
  }

  private static String after(String line) {
    return line.substring(line.indexOf(':') + 1).trim();
  }

  private static String text(List<String> lines, int from, int to) {
    return String.join("\n", lines.subList(from, to));
  }
}
