package io.registrar.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The storage providers on the class path, by name. Immutable.
 *
 * <p>A provider becomes known by being on the class path, with its class named in {@code
 * META-INF/services/io.registrar.spi.StorageProvider}.
 */
public final class StorageCatalog {
  private final TreeMap<String, StorageProvider> providers;

  private StorageCatalog(TreeMap<String, StorageProvider> providers) {
    this.providers = providers;
  }

  /**
   * Finds the providers.
   *
   * @throws IllegalStateException if two have one name, or one cannot be loaded
   */
  public static StorageCatalog discover() {
    List<StorageProvider> found = new ArrayList<>();
    try {
      ServiceLoader.load(StorageProvider.class).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException(
          "a storage provider on the class path cannot be loaded: " + e.getMessage(), e);
    }
    return of(found);
  }

  /**
   * A catalog of exactly these.
   *
   * @throws IllegalStateException if two have one name
   */
  public static StorageCatalog of(Collection<? extends StorageProvider> providers) {
    TreeMap<String, StorageProvider> byName = new TreeMap<>();
    for (StorageProvider provider : providers) {
      StorageProvider other = byName.putIfAbsent(provider.name(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "two storage providers are named '"
                + provider.name()
                + "': "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName()
                + "; take one from the class path");
      }
    }
    return new StorageCatalog(byName);
  }

  /** All of them, by name. */
  public List<StorageProvider> providers() {
    return List.copyOf(providers.values());
  }

  /**
   * The provider of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   * @throws IllegalStateException if it was written for another version of the contract
   */
  public StorageProvider named(String name) {
    StorageProvider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "there is no registry storage named '"
              + name
              + "' on the class path; there are: "
              + String.join(", ", providers.keySet()));
    }
    if (provider.contractVersion() != StorageProvider.CONTRACT_VERSION) {
      throw new IllegalStateException(
          "the storage '"
              + name
              + "' was written for version "
              + provider.contractVersion()
              + " of the storage contract, and this program speaks version "
              + StorageProvider.CONTRACT_VERSION
              + "; use a release of it for this version");
    }
    return provider;
  }
}
