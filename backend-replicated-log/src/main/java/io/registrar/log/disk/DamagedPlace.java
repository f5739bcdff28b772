package io.registrar.log.disk;

import java.nio.file.Path;

/**
 * Where something that was synced is lost or has changed.
 *
 * @param file in which
 * @param offset in bytes from its beginning
 * @param what is wrong there
 */
public record DamagedPlace(Path file, long offset, String what) {
  @Override
  public String toString() {
    return file + " at byte " + offset + ": " + what;
  }
}
