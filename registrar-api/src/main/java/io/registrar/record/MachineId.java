package io.registrar.record;

import java.util.Locale;
import java.util.Optional;

/**
 * Which machine: by its host name, its IP address, or both.
 *
 * @param hostname in lower case, for names of hosts are the same in any case
 * @param ip an IPv4 or IPv6 address as text
 */
public record MachineId(Optional<String> hostname, Optional<String> ip) {
  /**
   * @throws IllegalArgumentException if neither is given, or one is empty or too long
   */
  public MachineId {
    hostname =
        (hostname == null ? Optional.<String>empty() : hostname)
            .map(name -> name.toLowerCase(Locale.ROOT));
    ip = ip == null ? Optional.empty() : ip;
    if (hostname.isEmpty() && ip.isEmpty()) {
      throw new IllegalArgumentException("a machine has a hostname, an ip, or both");
    }
    requireLength("hostname", hostname, 255);
    requireLength("ip", ip, 64);
    if (ip.isPresent() && !ip.get().matches("[0-9A-Fa-f:.]+")) {
      throw new IllegalArgumentException("'" + ip.get() + "' is no IP address");
    }
  }

  /** A machine known by its host name. */
  public static MachineId named(String hostname) {
    return new MachineId(Optional.of(hostname), Optional.empty());
  }

  /** The id of this machine's record: {@code host}, {@code @ip} or {@code host@ip}. */
  public String text() {
    return hostname.orElse("") + ip.map(address -> "@" + address).orElse("");
  }

  private static void requireLength(String name, Optional<String> text, int most) {
    if (text.isPresent() && (text.get().isEmpty() || text.get().length() > most)) {
      throw new IllegalArgumentException(
          "a machine's " + name + " is 1 to " + most + " characters; got " + text.get().length());
    }
  }

  @Override
  public String toString() {
    return text();
  }
}
