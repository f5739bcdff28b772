package io.registrar;

import io.registrar.record.JsonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The file in which a machine remembers, outside of the storage, what it has seen of the registry:
 * which backend, which registry, how far. A start with another backend, with an empty store, or
 * with one set back to an older state is refused because of it; nothing ever begins silently empty.
 *
 * <p>Written at recovery and at the end, and between them lazily: it may lag behind, and never
 * leads. Thread-safe.
 */
public final class Witness {
  /** The file's name in the work directory. */
  public static final String FILE_NAME = "registry.witness";

  private static final JsonCodec<Sighting> CODEC = JsonCodec.of(Sighting.class);

  private final Path file;
  private final String backend;

  private Witness(Path file, String backend) {
    this.file = file;
    this.backend = backend;
  }

  /**
   * The witness of a work directory.
   *
   * @param workDirectory an existing directory
   * @param backend the name of the storage provider in use
   */
  public static Witness in(Path workDirectory, String backend) {
    return new Witness(workDirectory.resolve(FILE_NAME), backend);
  }

  /** The file, whether it exists or not. */
  public Path file() {
    return file;
  }

  /** The backend in use. */
  public String backend() {
    return backend;
  }

  /**
   * What was seen last, if anything ever was.
   *
   * @throws IOException if the file cannot be read, or is no witness
   */
  Optional<Sighting> last() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      Sighting seen = CODEC.decode(bytes);
      if (seen.backend() == null || seen.registry() == null) {
        throw new IllegalArgumentException("it lacks the backend or the registry's id");
      }
      return Optional.of(seen);
    } catch (IllegalArgumentException e) {
      throw new IOException("it is no witness: " + e.getMessage(), e);
    }
  }

  /**
   * Refuses a backend that the registry of this work directory is not in: before that is opened, so
   * that nothing is made where nothing was meant.
   *
   * @throws RecoveryException naming the backend that it is in, or if the file cannot be read
   */
  public void requireSameBackend() throws RecoveryException {
    lastHere();
  }

  /** What was seen last in this very backend. */
  Optional<Sighting> lastHere() throws RecoveryException {
    try {
      Optional<Sighting> seen = last();
      if (seen.isPresent() && !seen.get().backend().equals(backend)) {
        throw new RecoveryException(
            "the records that this work directory belongs to are in the registry storage '"
                + seen.get().backend()
                + "', and this start asks for '"
                + backend
                + "'; use --registry="
                + seen.get().backend()
                + ", or, to begin anew with nothing, first move aside "
                + file,
            null);
      }
      return seen;
    } catch (IOException e) {
      throw new RecoveryException(
          "the witness "
              + file
              + " cannot be read ("
              + e.getMessage()
              + "); if the storage is known to be the right one, move that file aside and start again",
          e);
    }
  }

  /** Replaces the file as one, synced, so that a crash leaves the old one or the new one. */
  synchronized void write(String registry, long epoch, long version) throws IOException {
    Path fresh = file.resolveSibling(FILE_NAME + ".new");
    byte[] bytes = CODEC.encode(new Sighting(backend, registry, epoch, version), null);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * What was seen of a registry.
   *
   * @param backend the storage provider that it was in
   * @param registry its id
   * @param epoch the highest epoch seen
   * @param version the highest acknowledged version seen
   */
  record Sighting(String backend, String registry, long epoch, long version) {}
}
