package io.registrar.spi;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a registry within its engine: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}, but
 * not {@code .} and {@code ..}. Two registries in one engine never see each other, also if their
 * names differ in case or punctuation alone (rule 6.5).
 *
 * @param text the name
 */
public record RegistryName(String text) {
  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** The name where none is given. */
  public static final RegistryName DEFAULT = new RegistryName("registry");

  /**
   * @throws IllegalArgumentException if the name is malformed
   */
  public RegistryName {
    Objects.requireNonNull(text, "text");
    if (!WELL_FORMED.matcher(text).matches() || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException(
          "a registry's name is 1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-', but not '.' or"
              + " '..'; got '"
              + text
              + "'");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
