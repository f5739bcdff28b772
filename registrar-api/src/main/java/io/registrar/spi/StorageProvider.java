package io.registrar.spi;

import java.time.Duration;
import java.util.List;

/**
 * A kind of storage, found by {@link java.util.ServiceLoader} and chosen by name: the {@code X} of
 * {@code --registry=X}. Has a public constructor without arguments that does nothing.
 */
public interface StorageProvider {
  /** The version of the contract that this program's kit tests and its registrar speaks. */
  int CONTRACT_VERSION = 1;

  /** The name to choose it by: {@code [a-z][a-z0-9_]*}, the same for ever. */
  String name();

  /** One line for {@code --help}: what it keeps the records in, and whom it suits. */
  String description();

  /** The {@link #CONTRACT_VERSION} that the provider was written for, as a literal number. */
  int contractVersion();

  /** Its options, in the order in which {@code --help} shows them. */
  List<StorageOption<?>> options();

  /**
   * Opens a registry, creating an empty one where there is none. Fences nobody.
   *
   * @param settings which registry, where, and the provider's own options
   * @param timeout within which the call ends, more than zero (rule 5.4)
   * @throws UnavailableException if the engine cannot be reached
   * @throws InUseException if only one process may open it, and another has (rule 6.3)
   * @throws DamagedException if the stored bytes were found changed or lost (rule 7.1)
   * @throws IncompatibleException if what is stored there is of another format, or the engine's
   *     settings would break the contract (rules 7.2, 7.4)
   */
  Storage open(StorageSettings settings, Duration timeout) throws StorageException;
}
