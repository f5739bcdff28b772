package io.registrar.tck;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a backend lets the kit do to its engine, beyond what the kit can do by itself. The rules
 * that need a fault which is not offered are shown as not applicable, with this reason. Immutable.
 */
public final class Faults {
  private static final Faults NONE = new Faults(null, 0, null);

  private final @org.jspecify.annotations.Nullable Place files;
  private final long diskBytes;
  private final @org.jspecify.annotations.Nullable Disguise foreign;

  private Faults(
      @org.jspecify.annotations.Nullable Place files,
      long diskBytes,
      @org.jspecify.annotations.Nullable Disguise foreign) {
    this.files = files;
    this.diskBytes = diskBytes;
    this.foreign = foreign;
  }

  /** Nothing: an engine that is out of the kit's reach. */
  public static Faults none() {
    return NONE;
  }

  /**
   * The registry is kept in files below this directory, and in nothing else: the kit may change,
   * delete and set back any of them while the storage is closed (rule 7.1).
   */
  public Faults withFiles(Place place) {
    return new Faults(place, diskBytes, foreign);
  }

  /**
   * The registry is kept below the target's work directory: the kit may have that on a small disk,
   * and fill it (rule 7.3).
   *
   * @param bytes a size on which the storage opens and has room for some megabytes of records
   */
  public Faults withFullDisk(long bytes) {
    return new Faults(files, bytes, foreign);
  }

  /** How to put something of another format in the registry's place (rule 7.2). */
  public Faults withForeignFormat(Disguise disguise) {
    return new Faults(files, diskBytes, disguise);
  }

  Optional<Place> files() {
    return Optional.ofNullable(files);
  }

  OptionalLong diskBytes() {
    return diskBytes > 0 ? OptionalLong.of(diskBytes) : OptionalLong.empty();
  }

  Optional<Disguise> foreign() {
    return Optional.ofNullable(foreign);
  }

  /** Where a target keeps its files. */
  @FunctionalInterface
  public interface Place {
    /** The directory, as soon as the target has been opened once. */
    Path of(StorageTarget target);
  }

  /** Puts something of another format where a target, never opened so far, would keep itself. */
  @FunctionalInterface
  public interface Disguise {
    void lay(StorageTarget target) throws Exception;
  }
}
