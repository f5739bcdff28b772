package io.registrar.leveldb;

import io.registrar.spi.IncompatibleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The builds of LevelDB that can open a store. */
final class Engines {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

  /** Bytes of commits that LevelDB gathers in memory and in one log before it writes a table. */
  static final int WRITE_BUFFER_BYTES = 4 << 20;

  /** Opens or creates the database in a directory; the seam at which tests put a failing one. */
  @FunctionalInterface
  interface Engine {
    /**
     * @throws IOException or a RuntimeException, whatever the build throws; the message is
     *     LevelDB's
     */
    DB open(Path directory) throws IOException;
  }

  private Engines() {}

  static Engine choose(EngineChoice choice) throws IncompatibleException {
    if (choice == EngineChoice.JAVA) {
      return Engines::openJava;
    }
    try {
      // Loads the library. It is unpacked below java.io.tmpdir, which may forbid to execute it.
      JniDBFactory nativeBuild = JniDBFactory.factory;
      return directory -> nativeBuild.open(directory.toFile(), options());
    } catch (LinkageError e) {
      String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
      if (choice == EngineChoice.NATIVE) {
        throw new IncompatibleException(
            "LevelDB's native library cannot be loaded on "
                + platform
                + " ("
                + e.getMessage()
                + "); use --leveldb_engine=java",
            e);
      }
      LOG.warn(
          "LevelDB's native library cannot be loaded on {} ({}): using the port to Java, which reads"
              + " and writes the same files",
          platform,
          e.getMessage());
      return Engines::openJava;
    }
  }

  private static DB openJava(Path directory) throws IOException {
    // Read once, when the port's classes are loaded. Through a mapped file, a full disk is an
    // InternalError at some later access instead of an IOException.
    System.setProperty("leveldb.mmap", "false");
    try {
      return new Iq80DBFactory().open(directory.toFile(), options());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Options options() {
    // Uncompressed: records are small, and every byte on the disk can be checked without Snappy.
    return new Options()
        .createIfMissing(true)
        .paranoidChecks(true)
        .verifyChecksums(true)
        .compressionType(CompressionType.NONE)
        .writeBufferSize(WRITE_BUFFER_BYTES);
  }
}
