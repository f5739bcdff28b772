package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The three files, read again when one of them has changed. Looked at when a connection is made, at
 * most once a second. Files that do not belong together, as in the middle of an exchange, are
 * looked at again; until they do, what was read before holds. Thread-safe.
 */
final class PemFiles {
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

  private final Security.MutualTls files;
  private final Optional<MemberId> self;
  private final RareLog log = new RareLog();
  private PemMaterial current;
  private List<Object> marks;
  private long looked = System.nanoTime();

  /**
   * Reads the files.
   *
   * @param self whom the certificate must name; empty for a client
   * @throws IOException they cannot be used; says why
   */
  PemFiles(Security.MutualTls files, Optional<MemberId> self) throws IOException {
    this.files = files;
    this.self = self;
    this.marks = marks(files);
    this.current = read();
  }

  synchronized PemMaterial current() {
    long now = System.nanoTime();
    if (now - looked >= LOOK_AGAIN_NANOS) {
      looked = now;
      try {
        List<Object> found = marks(files);
        if (!found.equals(marks)) {
          current = read();
          marks = found;
        }
      } catch (IOException e) {
        log.warn("files", "Keeping the certificate and key read before: {}", e.toString());
      }
    }
    return current;
  }

  private PemMaterial read() throws IOException {
    PemMaterial material = PemMaterial.read(files);
    if (self.isPresent()) {
      material.checkNames(self.get(), files.certificate());
    }
    return material;
  }

  private static List<Object> marks(Security.MutualTls files) throws IOException {
    List<Object> marks = new ArrayList<>();
    for (Path file : List.of(files.certificate(), files.key(), files.authority())) {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      marks.add(is.lastModifiedTime());
      marks.add(is.size());
      marks.add(String.valueOf(is.fileKey()));
    }
    return marks;
  }
}
