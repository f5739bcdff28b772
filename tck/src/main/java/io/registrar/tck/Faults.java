package io.registrar.tck;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a backend lets the kit do to its engine, beyond what the kit can do by itself. The rules
 * that need a fault which is not offered are shown as not applicable, with this reason. Immutable.
 */
public final class Faults {
  private static final Faults NONE = new Faults(null, 0, null, null);

  private final @Nullable Place files;
  private final long diskBytes;
  private final @Nullable Disguise foreign;
  private final @Nullable Connection connection;

  private Faults(
      @Nullable Place files,
      long diskBytes,
      @Nullable Disguise foreign,
      @Nullable Connection connection) {
    this.files = files;
    this.diskBytes = diskBytes;
    this.foreign = foreign;
    this.connection = connection;
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
    return new Faults(place, diskBytes, foreign, connection);
  }

  /**
   * The registry is kept below the target's work directory: the kit may have that on a small disk,
   * and fill it (rule 7.3).
   *
   * @param bytes a size on which the storage opens and has room for some megabytes of records
   */
  public Faults withFullDisk(long bytes) {
    return new Faults(files, bytes, foreign, connection);
  }

  /** How to put something of another format in the registry's place (rule 7.2). */
  public Faults withForeignFormat(Disguise disguise) {
    return new Faults(files, diskBytes, disguise, connection);
  }

  /**
   * The engine is reached over TCP, and several clients may reach it at once: the kit may put a
   * proxy of its own between, and cut the connection of a commit (rules 5.2, 7.3).
   *
   * @param engine where the engine listens, on this machine
   * @param detour how a target is reached by way of the proxy
   */
  public Faults withConnection(InetSocketAddress engine, Detour detour) {
    return new Faults(files, diskBytes, foreign, new Connection(engine, detour));
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

  Optional<Connection> connection() {
    return Optional.ofNullable(connection);
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

  /** Leads a target's connections through a proxy. */
  @FunctionalInterface
  public interface Detour {
    /** The same registry, with this address in the place of the engine's. */
    StorageTarget through(StorageTarget target, InetSocketAddress proxy);
  }

  /** Where the engine listens, and how it is reached by another way. */
  record Connection(InetSocketAddress engine, Detour detour) {}
}
