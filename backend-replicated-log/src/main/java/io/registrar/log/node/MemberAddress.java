package io.registrar.log.node;

import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;

/** Addresses as text: {@code host:port}, {@code [::1]:port}, and {@code 1@host:port,2@...}. */
public final class MemberAddress {
  private MemberAddress() {}

  /**
   * Reads an address; no name is looked up.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static InetSocketAddress read(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isBlank() || host.contains("@") || host.contains(",")) {
      throw new IllegalArgumentException("host:port is needed; got '" + text + "'");
    }
    return InetSocketAddress.createUnresolved(host, port(text.substring(colon + 1), text));
  }

  private static int port(String digits, String whole) {
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65_535) {
      throw new IllegalArgumentException(
          "a port is a number from 0 to 65535; got '" + digits + "' in '" + whole + "'");
    }
    return Integer.parseInt(digits);
  }

  /** The text that {@link #read} reads. */
  public static String write(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /**
   * Reads {@code 1@host:port,2@host:port}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Map<MemberId, InetSocketAddress> readMembers(String text) {
    Map<MemberId, InetSocketAddress> members = new TreeMap<>();
    for (String member : text.split(",", -1)) {
      int at = member.indexOf('@');
      if (at < 1 || !member.substring(0, at).matches("[0-9]{1,5}")) {
        throw new IllegalArgumentException(
            "members are given as 1@host:port,2@host:port,...; got '" + member + "'");
      }
      MemberId id = new MemberId(Integer.parseInt(member.substring(0, at)));
      if (members.put(id, read(member.substring(at + 1))) != null) {
        throw new IllegalArgumentException("member " + id.value() + " is given twice");
      }
    }
    return members;
  }
}
