package io.registrar.tck;

import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A registry described in words, so that it can be opened in this JVM, opened again, and opened in
 * a child JVM. Immutable.
 *
 * @param provider a public class with a public constructor without arguments
 * @param options texts by option name
 * @param registry which registry in the engine
 * @param workDirectory the master's work directory, which exists
 */
public record StorageTarget(
    Class<? extends StorageProvider> provider,
    Map<String, String> options,
    RegistryName registry,
    Path workDirectory) {

  public StorageTarget {
    options = Map.copyOf(options);
  }

  /** The default registry of a provider without options, with this work directory. */
  public static StorageTarget of(Class<? extends StorageProvider> provider, Path workDirectory) {
    return new StorageTarget(provider, Map.of(), RegistryName.DEFAULT, workDirectory);
  }

  /** The same with one more option. */
  public StorageTarget with(String option, String text) {
    Map<String, String> more = new TreeMap<>(options);
    more.put(option, text);
    return new StorageTarget(provider, more, registry, workDirectory);
  }

  /** Another registry in the same engine. */
  public StorageTarget named(String name) {
    return new StorageTarget(provider, options, new RegistryName(name), workDirectory);
  }

  /** Opens it in this JVM; whoever opens it closes it. */
  public Storage open() throws StorageException {
    StorageProvider opener = newProvider();
    return opener.open(
        StorageSettings.read(opener, registry, workDirectory, options),
        RegistryUnderTest.timeout());
  }

  /** Opens it for rules that are not about failed commits. */
  SteadyStorage openSteadily() throws StorageException {
    return new SteadyStorage(open());
  }

  /** A new provider. */
  public StorageProvider newProvider() {
    try {
      return provider.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(
          provider.getName()
              + " is no public class with a public constructor without arguments: "
              + e,
          e);
    }
  }

  /** This description as a program's arguments, for {@link #fromArguments}. */
  public List<String> toArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(provider.getName());
    arguments.add(registry.text());
    arguments.add(workDirectory.toString());
    options.forEach((name, text) -> arguments.add(name + "=" + text));
    return arguments;
  }

  /** The target that {@link #toArguments} wrote. */
  public static StorageTarget fromArguments(List<String> arguments) throws ClassNotFoundException {
    StorageTarget target =
        new StorageTarget(
            Class.forName(arguments.get(0)).asSubclass(StorageProvider.class),
            Map.of(),
            new RegistryName(arguments.get(1)),
            Path.of(arguments.get(2)));
    for (String option : arguments.subList(3, arguments.size())) {
      int at = option.indexOf('=');
      target = target.with(option.substring(0, at), option.substring(at + 1));
    }
    return target;
  }
}
