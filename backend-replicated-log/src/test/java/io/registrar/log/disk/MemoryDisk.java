package io.registrar.log.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A home in memory, whose disk fails when it is told to, and which can say what a power loss would
 * have left of it.
 */
final class MemoryDisk implements Home, Directory {
  /** The power goes: whoever writes does not come back from it. */
  static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;
  }

  private record Renaming(String from, @Nullable String to) {}

  private final Map<String, MemoryFile> names = new HashMap<>();
  private final Map<String, MemoryFile> syncedNames = new HashMap<>();
  private final List<Renaming> waiting = new ArrayList<>();
  private long steps;
  private long powerLossAt = Long.MAX_VALUE;
  private long failureAt = Long.MAX_VALUE;
  private int opened;

  /** Every step that changes the disk is counted; before this one the power goes. */
  void losePowerAt(long step) {
    powerLossAt = step;
  }

  /** This step fails, and changes nothing. */
  void failAt(long step) {
    failureAt = step;
  }

  long steps() {
    return steps;
  }

  int openFiles() {
    return opened;
  }

  void closed() {
    opened--;
  }

  void step(String what) throws IOException {
    steps++;
    if (steps >= powerLossAt) {
      throw new PowerLoss();
    }
    if (steps == failureAt) {
      throw new IOException("the disk fails to " + what);
    }
  }

  /** The disk as a power loss at this moment leaves it. */
  MemoryDisk afterPowerLoss(MemoryFile.Survival survival, Random random) {
    MemoryDisk left = new MemoryDisk();
    Map<MemoryFile, MemoryFile> contents = new HashMap<>();
    Map<String, MemoryFile> kept = new HashMap<>(syncedNames);
    for (Renaming renaming : waiting) {
      boolean durable =
          switch (survival) {
            case NOTHING -> false;
            case EVERYTHING -> true;
            case SOME_WRITES, SOME_BLOCKS -> random.nextBoolean();
          };
      if (durable) {
        apply(kept, renaming);
      }
    }
    kept.forEach(
        (name, file) ->
            left.put(
                name, contents.computeIfAbsent(file, it -> it.afterPowerLoss(survival, random))));
    return left;
  }

  private void apply(Map<String, MemoryFile> to, Renaming renaming) {
    MemoryFile file = to.remove(renaming.from());
    if (renaming.to() != null && file != null) {
      to.put(renaming.to(), file);
    }
  }

  /** A copy of what is there, synced. */
  MemoryDisk copy() {
    MemoryDisk copy = new MemoryDisk();
    names.forEach((name, file) -> copy.put(name, MemoryFile.of(file.content())));
    return copy;
  }

  byte[] content(String name) {
    return names.get(name).content();
  }

  /** Puts a file in place, synced. */
  void put(String name, MemoryFile file) {
    names.put(name, file);
    syncedNames.put(name, file);
  }

  void remove(String name) {
    names.remove(name);
    syncedNames.remove(name);
  }

  @Override
  public List<String> names() {
    return List.copyOf(names.keySet());
  }

  @Override
  public SegmentFile create(String name) throws IOException {
    step("create");
    MemoryFile file = new MemoryFile();
    names.put(name, file);
    // The worst case for whoever relies on it: the empty file is there at once.
    syncedNames.put(name, file);
    opened++;
    return file.open(this);
  }

  @Override
  public SegmentFile open(String name) throws IOException {
    MemoryFile file = names.get(name);
    if (file == null) {
      throw new FileNotFoundException(name);
    }
    opened++;
    return file.open(this);
  }

  @Override
  public SegmentFile openToRead(String name) throws IOException {
    return open(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    step("rename");
    change(new Renaming(from, to));
  }

  @Override
  public void delete(String name) throws IOException {
    step("delete");
    change(new Renaming(name, null));
  }

  private void change(Renaming renaming) {
    apply(names, renaming);
    waiting.add(renaming);
  }

  @Override
  public void sync() throws IOException {
    step("sync of the directory");
    syncedNames.clear();
    syncedNames.putAll(names);
    waiting.clear();
  }

  @Override
  public Path path(String name) {
    return Path.of("disk", name);
  }

  @Override
  public Directory current() {
    return this;
  }

  @Override
  public Optional<Directory> lastSetAside() {
    return Optional.empty();
  }

  @Override
  public void setAside() {
    throw new UnsupportedOperationException("no test here sets a store aside");
  }

  @Override
  public Path path() {
    return Path.of("disk");
  }

  @Override
  public void close() {
    // Nothing holds it.
  }
}
