package io.registrar.leveldb;

import io.registrar.leveldb.ByteCursor.MalformedException;
import io.registrar.spi.DamagedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at every byte of a store before LevelDB does, which drops what it cannot read in a log
 * without a word, or refuses a log for a tail that was only cut short.
 *
 * <p>Damage is told from a torn tail by counting. LevelDB numbers every write; the writes in the
 * manifest, and after them in the logs, must follow each other without a gap up to the {@link
 * AcknowledgedMark} at least. Bytes behind that are what a crash left of a write that was never
 * acknowledged, and {@link #trim} cuts them off.
 */
final class StoreCheck {
  private static final Pattern LOG_FILE = Pattern.compile("(\\d+)\\.log");
  private static final Pattern CURRENT = Pattern.compile("MANIFEST-\\d+\n");

  private static final Pattern LEFTOVER =
      Pattern.compile("CURRENT|MANIFEST-\\d+|\\d+\\.(log|dbtmp)");

  private final Path directory;
  private final OptionalLong acknowledged;
  private final List<Tail> tails = new ArrayList<>();
  private boolean leftovers;
  private long logBytes;
  private long tableBytes;
  private long lastSequence;

  /** Where a file's last whole record ends, and its bytes go on. */
  private record Tail(Path file, long wholeBytes, boolean broken) {}

  private StoreCheck(Path directory, OptionalLong acknowledged) {
    this.directory = directory;
    this.acknowledged = acknowledged;
  }

  /**
   * Checks a store. Changes nothing.
   *
   * @throws DamagedException naming the file that is not as it was written
   * @throws IOException if the files cannot be read
   */
  static StoreCheck run(Path directory) throws IOException, DamagedException {
    StoreCheck check = new StoreCheck(directory, AcknowledgedMark.read(directory));
    Path current = directory.resolve("CURRENT");
    if (check.isUnfinished()) {
      check.leftovers = true;
    } else if (Files.exists(current)) {
      check.checkDatabase(current);
    } else {
      throw damaged(current, "is missing");
    }
    return check;
  }

  /** The number of the last write that is found whole. */
  long lastSequence() {
    return lastSequence;
  }

  /** The number up to which writes have been acknowledged, as far as is known. */
  long acknowledged() {
    return acknowledged.orElse(0);
  }

  /** Bytes in logs: LevelDB writes them anew as tables while it opens. */
  long logBytes() {
    return logBytes;
  }

  /** Bytes in tables that are in use; LevelDB deletes the others as soon as it is open. */
  long tableBytes() {
    return tableBytes;
  }

  /** Files that end in a torn write, for the log. */
  List<Path> torn() {
    return tails.stream().filter(Tail::broken).map(Tail::file).toList();
  }

  /** Cuts each log behind its last whole record, so that LevelDB finds nothing to stumble over. */
  void trim() throws IOException {
    if (leftovers) {
      deleteLeftovers();
    }
    for (Tail tail : tails) {
      try (RandomAccessFile file = new RandomAccessFile(tail.file().toFile(), "rw")) {
        file.setLength(tail.wholeBytes());
        file.getFD().sync();
      }
    }
  }

  /**
   * Whether the store was never opened to its end: a crash came first. Nothing was written to it
   * then, and a manifest that LevelDB did not sync may be broken.
   */
  private boolean isUnfinished() throws IOException {
    if (acknowledged.isPresent()) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        boolean log = file.toString().endsWith(".log");
        if (file.toString().endsWith(".sst")
            || log && !LogRecords.read(Files.readAllBytes(file)).isBlank()) {
          return false;
        }
      }
    }
    return true;
  }

  private void deleteLeftovers() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (LEFTOVER.matcher(file.getFileName().toString()).matches()) {
          Files.delete(file);
        }
      }
    }
  }

  private void checkDatabase(Path current) throws IOException, DamagedException {
    String name = Files.readString(current, StandardCharsets.ISO_8859_1);
    if (!CURRENT.matcher(name).matches()) {
      throw damaged(current, "is damaged: it names no manifest");
    }
    Path manifestFile = directory.resolve(name.strip());
    if (!Files.exists(manifestFile)) {
      throw damaged(current, "names " + manifestFile.getFileName() + ", which does not exist");
    }
    Manifest manifest = readManifest(manifestFile);
    for (Map.Entry<Long, Long> table : manifest.tables().entrySet()) {
      checkTable(table.getKey(), table.getValue(), manifestFile);
      tableBytes += table.getValue();
    }
    lastSequence = manifest.lastSequence();
    Path last = directory.resolve(String.format("%06d.log", manifest.logNumber()));
    long next = 0;
    for (Map.Entry<Long, Path> log : logs().entrySet()) {
      if (manifest.needsLog(log.getKey())) {
        last = log.getValue();
        next = checkLog(last, next);
      }
    }
    if (lastSequence < acknowledged()) {
      throw damaged(
          tails.stream().filter(Tail::broken).map(Tail::file).findFirst().orElse(last),
          "is damaged, cut or missing: writes up to number "
              + acknowledged()
              + " were acknowledged, and the last whole one is "
              + lastSequence);
    }
  }

  private Manifest readManifest(Path file) throws IOException, DamagedException {
    LogRecords records = read(file);
    Manifest manifest = new Manifest();
    try {
      for (byte[] edit : records.records()) {
        manifest.apply(edit);
      }
    } catch (MalformedException e) {
      throw damaged(file, "is damaged: it has " + e.getMessage());
    }
    if (!manifest.isWhole()) {
      throw damaged(file, "is damaged at byte " + records.wholeBytes());
    }
    return manifest;
  }

  private void checkTable(long number, long size, Path manifest)
      throws IOException, DamagedException {
    Path file = directory.resolve(String.format("%06d.sst", number));
    if (!Files.exists(file)) {
      throw damaged(file, "is missing; " + manifest.getFileName() + " names it");
    }
    byte[] table = Files.readAllBytes(file);
    if (table.length != size) {
      throw damaged(file, "is damaged: it has " + table.length + " bytes instead of " + size);
    }
    try {
      TableBlocks.check(table);
    } catch (MalformedException e) {
      throw damaged(file, "is damaged: it has " + e.getMessage());
    }
  }

  /** Answers the number that the next write in a later log must have; 0 if any may begin. */
  private long checkLog(Path file, long expected) throws IOException, DamagedException {
    long next = expected;
    LogRecords records = read(file);
    logBytes += records.wholeBytes();
    for (byte[] write : records.records()) {
      ByteCursor in = new ByteCursor(write, 0, write.length);
      try {
        long sequence = in.fixed64();
        boolean follows = next == 0 ? sequence <= lastSequence + 1 : sequence == next;
        if (!follows) {
          throw damaged(
              file,
              "goes on with write number "
                  + sequence
                  + " where "
                  + (next == 0 ? lastSequence + 1 : next)
                  + " is due: writes before it, in this or an earlier file, are lost");
        }
        next = sequence + Integer.toUnsignedLong(in.fixed32());
        lastSequence = Math.max(lastSequence, next - 1);
      } catch (MalformedException e) {
        throw damaged(file, "is damaged: it has " + e.getMessage());
      }
    }
    return next;
  }

  private LogRecords read(Path file) throws IOException {
    byte[] found = Files.readAllBytes(file);
    LogRecords records = LogRecords.read(found);
    if (records.wholeBytes() < found.length) {
      tails.add(new Tail(file, records.wholeBytes(), records.hasBrokenTail()));
    }
    return records;
  }

  private TreeMap<Long, Path> logs() throws IOException {
    TreeMap<Long, Path> logs = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Matcher name = LOG_FILE.matcher(file.getFileName().toString());
        if (name.matches()) {
          logs.put(Long.parseLong(name.group(1)), file);
        }
      }
    }
    return logs;
  }

  private static DamagedException damaged(Path file, String what) {
    return new DamagedException(
        file
            + " "
            + what
            + ". Nothing was changed: keep a copy of the directory, and restore it from a backup");
  }
}
