package io.registrar.spi;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a provider opens: which registry, the master's work directory, and the provider's own
 * options, already read. Immutable.
 */
public final class StorageSettings {
  private final RegistryName registry;
  private final Path workDirectory;
  private final Map<String, Object> values;

  private StorageSettings(RegistryName registry, Path workDirectory, Map<String, Object> values) {
    this.registry = registry;
    this.workDirectory = workDirectory;
    this.values = values;
  }

  /**
   * Reads the options given for a provider.
   *
   * @param provider whose options they are
   * @param registry which registry
   * @param workDirectory where the master keeps its files; a storage on this machine's disk keeps
   *     its own below it unless told otherwise
   * @param given texts by option name, with {@code _} between words
   * @throws IllegalArgumentException if an option is unknown to the provider or its text malformed;
   *     the message names the option and what is possible
   */
  public static StorageSettings read(
      StorageProvider provider,
      RegistryName registry,
      Path workDirectory,
      Map<String, String> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    TreeSet<String> unknown = new TreeSet<>(given.keySet());
    for (StorageOption<?> option : provider.options()) {
      unknown.remove(option.name());
      Optional.ofNullable(given.get(option.name()))
          .or(option::defaultText)
          .ifPresent(text -> values.put(option.name(), option.read(text)));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "--registry="
              + provider.name()
              + " has no option "
              + unknown.stream().map(name -> "--" + name).collect(Collectors.joining(", "))
              + "; "
              + known(provider));
    }
    return new StorageSettings(registry, workDirectory, values);
  }

  private static String known(StorageProvider provider) {
    return provider.options().isEmpty()
        ? "it has none"
        : "it has "
            + provider.options().stream()
                .map(StorageOption::toString)
                .collect(Collectors.joining(", "));
  }

  /** Which registry in the engine. */
  public RegistryName registry() {
    return registry;
  }

  /** The master's work directory. */
  public Path workDirectory() {
    return workDirectory;
  }

  /**
   * The value of an option that is needed.
   *
   * @throws IllegalArgumentException if it was not given and has no default
   */
  public <T> T get(StorageOption<T> option) {
    return find(option)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    option + "=" + option.placeholder() + " is needed: " + option.description()));
  }

  /** The value of an option that may be left out. */
  @SuppressWarnings("unchecked") // read by the option itself
  public <T> Optional<T> find(StorageOption<T> option) {
    return Optional.ofNullable((T) values.get(option.name()));
  }
}
