package io.registrar.jdbc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Which database, as the driver's URL says it. Its text form names host, port and database alone,
 * for a URL may carry what is nobody's business.
 *
 * @param url the driver's URL, without a password
 * @param shown {@code host:port/database}
 */
record DatabaseAddress(String url, String shown) {
  private static final String FORM = "jdbc:postgresql://HOST[:PORT]/DATABASE[?PARAMETER=VALUE&...]";

  /**
   * @throws IllegalArgumentException if it is no URL of PostgreSQL's driver, or carries a password
   */
  static DatabaseAddress parse(String url) {
    String stripped = url.strip();
    if (carriesPassword(stripped)) {
      throw new IllegalArgumentException(
          "a URL is seen in process lists and must not hold a password: leave it out, and give"
              + " --jdbc_password_file=PATH");
    }
    @Nullable Properties parts = Driver.parseURL(stripped, new Properties());
    if (parts == null) {
      throw new IllegalArgumentException("'" + stripped + "' is no URL such as " + FORM);
    }
    return new DatabaseAddress(
        stripped,
        parts.getProperty("PGHOST", "localhost")
            + ":"
            + parts.getProperty("PGPORT", "5432")
            + "/"
            + parts.getProperty("PGDBNAME", ""));
  }

  private static boolean carriesPassword(String url) {
    String[] parts = url.split("[?&]");
    return parts[0].contains("@")
        || Arrays.stream(parts)
            .map(part -> part.toLowerCase(Locale.ROOT))
            .anyMatch(part -> part.startsWith("password="));
  }

  @Override
  public String toString() {
    return shown;
  }
}
