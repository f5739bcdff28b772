package io.registrar.cli.tck;

import io.registrar.spi.RegistryName;
import io.registrar.spi.StorageProvider;
import io.registrar.tck.Faults;
import io.registrar.tck.StorageTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the kit is to be run on. Thread-safe.
 *
 * @param provider the storage's
 * @param options its options that were given
 * @param faults what the kit may do to it
 * @param only the numbers of rules, or names of tests, that are to be run; all if it is empty
 * @param registries tells registries of this run from those of others, in an engine that is shared
 */
record KitPlan(
    Class<? extends StorageProvider> provider,
    Map<String, String> options,
    Faults faults,
    List<String> only,
    Registries registries) {

  /** A registry that nobody has opened before. */
  StorageTarget target(Path directory) {
    return new StorageTarget(provider, options, registries.next(), directory);
  }

  /** Whether a test is to be run. */
  boolean includes(String test) {
    return only.isEmpty()
        || only.stream()
            .anyMatch(
                wanted ->
                    wanted.equals(test)
                        || test.startsWith("rule_" + wanted.replace('.', '_') + "_"));
  }

  /** Names of registries, no two alike. Thread-safe. */
  static final class Registries {
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger count = new AtomicInteger();

    RegistryName next() {
      return new RegistryName("tck-" + run + "-" + count.incrementAndGet());
    }
  }
}
