package io.registrar.record;

import java.util.Map;

/**
 * What an agent says of itself when it registers.
 *
 * @param hostname the machine it runs on, 1 to 255 characters
 * @param port where it listens, 1 to 65535
 * @param attributes what it is labelled with
 * @param resources how much it offers of what, such as {@code cpus} and {@code mem}; finite, 0 or
 *     more
 */
public record AgentInfo(
    String hostname, int port, Map<String, String> attributes, Map<String, Double> resources) {
  /**
   * @throws IllegalArgumentException if a component is out of its range
   */
  public AgentInfo {
    if (hostname == null || hostname.isEmpty() || hostname.length() > 255) {
      throw new IllegalArgumentException("an agent's hostname is 1 to 255 characters");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("an agent's port is 1 to 65535; got " + port);
    }
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    resources = resources == null ? Map.of() : Map.copyOf(resources);
    resources.forEach(AgentInfo::requireAmount);
  }

  private static void requireAmount(String resource, double amount) {
    if (!Double.isFinite(amount) || amount < 0) {
      throw new IllegalArgumentException(
          "the amount of a resource is a number of 0 or more; got " + amount + " " + resource);
    }
  }
}
