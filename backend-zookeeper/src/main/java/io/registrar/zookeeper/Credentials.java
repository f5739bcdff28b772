package io.registrar.zookeeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A user and a password for ZooKeeper's digest scheme. Its text never shows the password.
 *
 * @param user the user's name, without a colon
 * @param password the secret
 */
record Credentials(String user, String password) {
  /** The scheme's name in ZooKeeper. */
  static final String SCHEME = "digest";

  /** The largest credentials file that is read, in bytes. */
  private static final long MAX_FILE_BYTES = 4096;

  /**
   * Reads {@code user:password}.
   *
   * @throws IllegalArgumentException if it is not of that form; the text is not shown
   */
  static Credentials parse(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw new IllegalArgumentException(
          "credentials are user:password, and neither may be empty (the text is not shown)");
    }
    return new Credentials(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * Reads a file whose one line is {@code user:password}.
   *
   * @throws IllegalArgumentException if it cannot be read or is not of that form
   */
  static Credentials read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException(
            "the credentials file " + file + " is longer than " + MAX_FILE_BYTES + " bytes");
      }
      return parse(Files.readString(file).strip());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the credentials file " + file + " cannot be read: " + e, e);
    }
  }

  /** What ZooKeeper is given. */
  byte[] bytes() {
    return (user + ":" + password).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "user " + user;
  }
}
