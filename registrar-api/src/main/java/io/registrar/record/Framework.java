package io.registrar.record;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A framework that runs its tasks on the cluster.
 *
 * @param id its id, unique for ever
 * @param name what people call it, 1 to 255 characters
 * @param user whose tasks they are; may be empty
 * @param roles the roles that it takes resources in
 * @param capabilities what it can do, by name
 * @param failoverTimeout how long its tasks go on without it, 0 or more; absent for not at all
 * @param labels what it is labelled with
 */
public record Framework(
    String id,
    String name,
    String user,
    List<String> roles,
    List<String> capabilities,
    Optional<Duration> failoverTimeout,
    Map<String, String> labels) {
  /** Frameworks, under their ids. */
  public static final RecordType<Framework> TYPE =
      RecordType.json("framework", Framework.class, Framework::id);

  /**
   * @throws IllegalArgumentException if a component is missing or out of its range
   */
  public Framework {
    if (id == null) {
      throw new IllegalArgumentException("a framework has an id");
    }
    if (name == null || name.isEmpty() || name.length() > 255) {
      throw new IllegalArgumentException("a framework's name is 1 to 255 characters");
    }
    user = user == null ? "" : user;
    roles = roles == null ? List.of() : List.copyOf(roles);
    roles.forEach(Roles::require);
    capabilities = capabilities == null ? List.of() : List.copyOf(capabilities);
    failoverTimeout = failoverTimeout == null ? Optional.empty() : failoverTimeout;
    if (failoverTimeout.isPresent() && failoverTimeout.get().isNegative()) {
      throw new IllegalArgumentException(
          "a failover timeout is 0 or more; got " + failoverTimeout.get());
    }
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }
}
