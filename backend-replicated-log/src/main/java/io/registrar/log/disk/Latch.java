package io.registrar.log.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Lets writes through until one has failed, and none after it. Driven by one thread. */
final class Latch {
  /** Something that changes files. */
  @FunctionalInterface
  interface Write {
    void run() throws IOException;
  }

  private final Path home;
  private @Nullable String refusal;
  private @Nullable Exception cause;

  Latch(Path home) {
    this.home = home;
  }

  void write(Write write) throws IOException {
    if (refusal != null) {
      throw new IOException("the log in " + home + " " + refusal, cause);
    }
    try {
      write.run();
    } catch (IOException | RuntimeException e) {
      refusal =
          "has failed, and takes no more writes until it is opened again: what the disk holds is"
              + " not known ("
              + e.getMessage()
              + ")";
      cause = e;
      throw e;
    }
  }

  /** From now on every write is refused. */
  void refuse(String why) {
    refusal = why;
    cause = null;
  }

  /** Lets writes through again: to other files. */
  void reset() {
    refusal = null;
    cause = null;
  }
}
