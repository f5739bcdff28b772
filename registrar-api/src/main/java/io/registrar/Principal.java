package io.registrar;

/**
 * Who asks for a change; kept in the audit entries.
 *
 * @param name 1 to 256 characters
 */
public record Principal(String name) {
  /** The master itself, acting on what it has observed. */
  public static final Principal MASTER = new Principal("master");

  /**
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public Principal {
    if (name == null || name.isEmpty() || name.length() > 256) {
      throw new IllegalArgumentException("a principal's name is 1 to 256 characters");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
