package io.registrar.log.node;

import io.registrar.log.disk.DamagedPlace;
import io.registrar.log.disk.LogInspector;
import io.registrar.log.disk.SegmentSizes;
import io.registrar.log.disk.SegmentedStore;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.RandomSource;
import io.registrar.log.paxos.Salvage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of a member whose master does not run, for a person who has decided that the other
 * members are lost for good. Holds all of it in memory. Driven by one thread.
 */
public final class SurvivingLog {
  /** The record of what was done, in the log's directory. */
  public static final String NOTE = "recovered.txt";

  /** Records that are written at once. */
  private static final int BATCH = 256;

  private final Path home;
  private final Salvage salvage;

  private SurvivingLog(Path home, Salvage salvage) {
    this.home = home;
    this.salvage = salvage;
  }

  /**
   * Reads a log, and writes nothing.
   *
   * @param directory the log's directory
   * @throws IOException if a process has it open, it is damaged, or it cannot go on alone; the
   *     message says which
   */
  public static SurvivingLog read(Path directory) throws IOException {
    Path home = directory.toAbsolutePath().normalize();
    List<DurableRecord> records = new ArrayList<>();
    List<DamagedPlace> damaged = new ArrayList<>();
    try (LogInspector inspector = LogInspector.open(home)) {
      inspector.read(stored -> records.add(stored.record()), damaged::add);
    }
    if (!damaged.isEmpty()) {
      throw new IOException(
          home + " is damaged: " + damaged.get(0) + "; use the log of another member that is left");
    }
    try {
      return new SurvivingLog(home, Salvage.of(records));
    } catch (IllegalArgumentException e) {
      throw new IOException("the log in " + home + " cannot go on alone: " + e.getMessage(), e);
    }
  }

  /** What it holds after its last entry. */
  public LogBase base() {
    return salvage.base();
  }

  /** Whose log it is, and what it holds, a line each. */
  public List<String> findings() {
    LogBase base = base();
    return List.of(
        "member       " + salvage.member(),
        "members      "
            + base.membership().voters().keySet()
            + ", of which all others are given up",
        "ensemble     " + base.ensemble(),
        "entries      " + salvage.entries() + ", through position " + salvage.through().value(),
        "epoch        " + base.epoch(),
        "version      " + base.version());
  }

  /**
   * Lets this member go on alone, in a new ensemble: writes a new log beside the old one, and puts
   * it in its place. The old one is renamed, never deleted. Durable on return.
   *
   * @return where the old log is
   * @throws IOException if that cannot be written; the old log is still in its place, or the
   *     message says where it is
   */
  public Path goOnAlone() throws IOException {
    RandomSource entropy = new SecureRandom()::nextLong;
    EnsembleId ensemble = new EnsembleId(entropy.nextLong(), entropy.nextLong());
    Path fresh = free("recovering");
    Path old = free("before-recovery");
    write(fresh, salvage.alone(ensemble, entropy));
    note(fresh.resolve(NOTE), ensemble, old);
    Files.move(home, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
      sync(home.resolveSibling("."));
    } catch (IOException e) {
      throw new IOException(
          "the old log is now " + old + " and the new one " + fresh + "; rename that to " + home,
          e);
    }
    return old;
  }

  private Path free(String what) {
    int number = 1;
    while (Files.exists(sibling(what, number))) {
      number++;
    }
    return sibling(what, number);
  }

  private Path sibling(String what, int number) {
    return home.resolveSibling(home.getFileName() + "." + what + "-" + number);
  }

  private void write(Path directory, List<DurableRecord> records) throws IOException {
    int last = records.size() - 1;
    try (SegmentedStore store =
        SegmentedStore.open(directory, salvage.member().id(), SegmentSizes.DEFAULT)) {
      for (int at = 0; at <= last; at += BATCH) {
        int end = Math.min(at + BATCH, last + 1);
        store.append(records.subList(at, end), () -> standFor(records, end));
      }
      store.sync();
    }
  }

  /** What is said again at the head of a new file: all of these records but the entries. */
  private static List<DurableRecord> standFor(List<DurableRecord> records, int end) {
    List<DurableRecord> checkpoint = new ArrayList<>();
    for (DurableRecord written : records.subList(0, end)) {
      if (!(written instanceof DurableRecord.Learned)) {
        checkpoint.add(written);
      }
    }
    if (records.get(end - 1) instanceof DurableRecord.Learned entry) {
      checkpoint.add(new DurableRecord.ChosenThrough(entry.position()));
    }
    return checkpoint;
  }

  private void note(Path file, EnsembleId ensemble, Path old) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("This log was made by 'registrar log recover' on " + now() + " UTC from this one:");
    lines.addAll(findings());
    lines.add("which is kept in " + old + ".");
    lines.add("The new ensemble is " + ensemble + ", with this member alone.");
    Files.write(file, lines, StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
