package io.registrar.zookeeper;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which ensemble, and where in it: {@code zk://[user:password@]host:port,host:port/path}. Its text
 * never shows the password.
 *
 * @param servers {@code host:port}, separated by commas
 * @param path the node below which the registries lie, such as {@code /masters}, or {@code /}
 * @param credentials where the address holds some
 */
record Address(String servers, String path, Optional<Credentials> credentials) {
  private static final Pattern FORM = Pattern.compile("zk://(?:([^/]*)@)?([^@/]+)(/.*)?");
  private static final Pattern SERVER =
      Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?");
  private static final Pattern PATH = Pattern.compile("/|(?:/[A-Za-z0-9._@:+=,-]+)+");

  /**
   * Reads an address; a port that is left out is 2181. In the password, {@code %40} stands for @.
   *
   * @throws IllegalArgumentException if it is malformed; the message does not show the password
   */
  static Address parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "an address such as zk://host1:2181,host2:2181/path is needed, with user:password@ before"
              + " the hosts where there are credentials; got "
              + withoutPassword(text));
    }
    for (String server : form.group(2).split(",", -1)) {
      if (!SERVER.matcher(server).matches()) {
        throw new IllegalArgumentException(
            "'" + server + "' is no host:port in " + withoutPassword(text));
      }
    }
    return new Address(
        form.group(2),
        readPath(form.group(3)),
        Optional.ofNullable(form.group(1)).map(Address::user));
  }

  @Override
  public String toString() {
    return "zk://" + servers + path;
  }

  private static Credentials user(String text) {
    return Credentials.parse(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
  }

  private static String readPath(String given) {
    String path = given == null || given.isEmpty() ? "/" : given;
    path = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean dots = path.contains("/./") || path.contains("/../") || path.matches(".*/\\.{1,2}");
    if (!PATH.matcher(path).matches() || dots) {
      throw new IllegalArgumentException(
          "a path is names of A-Z a-z 0-9 . _ @ : + = , - after slashes; got '" + path + "'");
    }
    if (path.equals("/zookeeper") || path.startsWith("/zookeeper/")) {
      throw new IllegalArgumentException("/zookeeper is ZooKeeper's own; choose another path");
    }
    return path;
  }

  private static String withoutPassword(String text) {
    int at = text.lastIndexOf('@');
    return at < 0 ? "'" + text + "'" : "'zk://...@" + text.substring(at + 1) + "'";
  }
}
