package io.registrar.example.master.flag;

import io.registrar.spi.StorageOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What counts where masters elect one of them.
 *
 * @param advertiseIp where the others send those who ask for the leader, if not where it listens
 * @param advertisePort the port to it
 * @param copyAge how old the records may be that a standby shows
 */
public record ElectionFlags(
    Optional<InetAddress> advertiseIp, Optional<Integer> advertisePort, Duration copyAge) {
  static final StorageOption<InetAddress> ADVERTISE_IP =
      StorageOption.of(
          "advertise_ip",
          "ADDRESS",
          "The address that the others are told when this master leads; without it, --ip.",
          MasterFlags::readAddress);
  static final StorageOption<Integer> ADVERTISE_PORT =
      StorageOption.integer(
          "advertise_port",
          "The port that goes with it; without it, the one that it listens on.",
          1,
          65_535);
  static final StorageOption<Duration> COPY_AGE =
      StorageOption.duration(
              "standby_copy_age",
              "How old the records may be that a standby shows; older ones are read anew when"
                  + " somebody asks.")
          .orElse("5secs");

  static final List<StorageOption<?>> OPTIONS = List.of(ADVERTISE_IP, ADVERTISE_PORT, COPY_AGE);

  static ElectionFlags read(FlagTexts texts) {
    return new ElectionFlags(
        texts.find(ADVERTISE_IP), texts.find(ADVERTISE_PORT), texts.get(COPY_AGE));
  }

  /**
   * Where this master is reached from outside.
   *
   * @param ip what it listens on
   * @param port the port that it listens on
   */
  public URI advertised(InetAddress ip, int port) {
    InetAddress address = advertiseIp.orElse(ip);
    String host = address.getHostAddress();
    return URI.create(
        "http://"
            + (address instanceof Inet6Address ? "[" + host + "]" : host)
            + ":"
            + advertisePort.orElse(port));
  }

  /**
   * Whether others can use what {@link #advertised} gives: not where it is every address of this
   * machine.
   */
  public boolean canBeFound(InetAddress ip) {
    return !advertiseIp.orElse(ip).isAnyLocalAddress();
  }
}
