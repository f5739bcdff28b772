package io.registrar.record;

/** Names of roles, as quota and weights are given to: paths of words, such as {@code eng/build}. */
public final class Roles {
  private static final int MAX_LENGTH = 255;

  private Roles() {}

  /**
   * Answers the name if it is well formed: 1 to 255 characters; words joined by {@code /}, none of
   * them empty, {@code .}, {@code ..} or {@code *}, none beginning with {@code -}, without blanks,
   * control characters and backslashes. The role {@code *} alone is well formed too.
   *
   * @throws IllegalArgumentException if it is not; the message says why
   */
  public static String require(String role) {
    if (role == null || role.isEmpty() || role.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a role's name is 1 to " + MAX_LENGTH + " characters");
    }
    if (!role.equals("*")) {
      for (String word : role.split("/", -1)) {
        requireWord(role, word);
      }
    }
    return role;
  }

  private static void requireWord(String role, String word) {
    boolean odd =
        word.chars()
            .anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c) || c == '\\');
    if (word.isEmpty()
        || word.equals(".")
        || word.equals("..")
        || word.equals("*")
        || word.startsWith("-")
        || odd) {
      throw new IllegalArgumentException(
          "'"
              + role
              + "' is no name of a role: its words, joined by /, are not empty, not '.', '..' or '*',"
              + " do not begin with '-', and hold no blank, control character or backslash");
    }
  }
}
