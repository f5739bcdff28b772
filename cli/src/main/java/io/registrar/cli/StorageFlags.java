package io.registrar.cli;

import io.registrar.spi.RegistryName;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code --registry}, and the options of every storage on the class path, of a verb. */
public final class StorageFlags {
  private static final String REGISTRY = "--registry";

  private final StorageCatalog catalog;
  private @Nullable CommandSpec verb;

  StorageFlags(StorageCatalog catalog) {
    this.catalog = catalog;
  }

  /** Declares the flags for a verb; once. */
  public void addTo(CommandSpec spec) {
    verb = spec;
    spec.addOption(
        OptionSpec.builder(REGISTRY)
            .required(true)
            .arity("1")
            .type(String.class)
            .paramLabel("NAME")
            .description("The storage: " + names() + ".")
            .build());
    for (StorageProvider provider : catalog.providers()) {
      if (!provider.options().isEmpty()) {
        ArgGroupSpec.Builder group =
            ArgGroupSpec.builder()
                .validate(false)
                .heading("%n" + REGISTRY + "=" + provider.name() + ":%n");
        provider.options().forEach(option -> group.addArg(optionSpec(option)));
        spec.addArgGroup(group.build());
      }
    }
  }

  /**
   * The storage that was chosen.
   *
   * @throws ParameterException if there is none of this name, or its options are wrong
   * @throws CannotRunException if it was written for another version of the contract
   */
  public StorageProvider provider() throws CannotRunException {
    CommandSpec spec = verb();
    try {
      StorageProvider provider = catalog.named(spec.findOption(REGISTRY).getValue());
      // Only to have them read: a wrong option is told before anything is opened.
      StorageSettings.read(provider, RegistryName.DEFAULT, Path.of(""), options());
      return provider;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IllegalStateException e) {
      throw new CannotRunException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The storages' options that were given: texts by name. */
  public Map<String, String> options() {
    Map<String, String> given = new TreeMap<>();
    for (StorageProvider provider : catalog.providers()) {
      for (StorageOption<?> option : provider.options()) {
        String text = verb().findOption(option.toString()).getValue();
        if (text != null) {
          given.put(option.name(), text);
        }
      }
    }
    return given;
  }

  private CommandSpec verb() {
    CommandSpec spec = verb;
    if (spec == null) {
      throw new IllegalStateException("the flags belong to no verb yet");
    }
    return spec;
  }

  private String names() {
    return catalog.providers().stream()
        .map(StorageProvider::name)
        .collect(Collectors.joining(", "));
  }

  private static OptionSpec optionSpec(StorageOption<?> option) {
    String preset = option.defaultText().map(text -> " (default " + text + ")").orElse("");
    return OptionSpec.builder(option.toString())
        .arity("1")
        .type(String.class)
        .paramLabel(option.placeholder())
        // Texts of a third party: a percent sign is no instruction to the formatter.
        .description((option.description() + preset).replace("%", "%%"))
        .build();
  }
}
