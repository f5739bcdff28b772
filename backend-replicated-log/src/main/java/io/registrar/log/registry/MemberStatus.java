package io.registrar.log.registry;

import java.util.Map;

/**
 * How a member stands.
 *
 * @param sentence for a person
 * @param figures by the names of {@code docs/replicated-log.md}
 */
public record MemberStatus(String sentence, Map<String, Long> figures) {
  public MemberStatus {
    figures = Map.copyOf(figures);
  }
}
