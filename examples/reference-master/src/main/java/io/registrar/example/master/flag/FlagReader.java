package io.registrar.example.master.flag;

import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reads the master's flags and those of the storages on the class path. The command line counts
 * before the environment, the environment before the flags file, and that before the defaults.
 */
public final class FlagReader {
  private static final String HELP = "--help";
  private static final String VARIABLE_PREFIX = "REGISTRAR_";
  private static final int MOST_SUGGESTIONS = 3;

  /** Names that Mesos gave to flags, and ours; taken where a storage has such an option. */
  private static final Map<String, String> ANCESTORS_NAMES = Map.of("quorum", "log_quorum");

  private final StorageCatalog catalog;
  private final Map<String, StorageOption<?>> known = new LinkedHashMap<>();

  /** A reader that knows the flags of these storages. */
  public FlagReader(StorageCatalog catalog) {
    this.catalog = catalog;
    MasterFlags.OPTIONS.forEach(option -> known.put(option.name(), option));
    for (StorageProvider provider : catalog.providers()) {
      provider.options().forEach(option -> known.put(option.name(), option));
    }
    ANCESTORS_NAMES.forEach(
        (theirs, ours) -> known.computeIfAbsent(theirs, absent -> known.get(ours)));
  }

  /**
   * Reads what was given.
   *
   * @param arguments the command line
   * @param environment the environment's variables; those named {@code REGISTRAR_} and a flag's
   *     name in upper case count
   * @return the flags, or empty if help was asked for
   * @throws UsageException if something given is unknown, missing or malformed
   */
  public Optional<MasterFlags> read(String[] arguments, Map<String, String> environment)
      throws UsageException {
    FlagTexts texts = new FlagTexts(known);
    ParseResult line = parse(arguments);
    if (line.hasMatchedOption(HELP)) {
      return Optional.empty();
    }
    for (OptionSpec option : line.matchedOptions()) {
      texts.add(option.longestName().substring(2), option.getValue(), "");
    }
    for (String name : known.keySet()) {
      String variable = VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT);
      String text = environment.get(variable);
      if (text != null) {
        texts.add(name, text, "the environment's " + variable);
      }
    }
    Optional<Path> file = texts.find(MasterFlags.FLAGS_FILE);
    if (file.isPresent()) {
      FlagsFile.read(file.get(), texts);
    }
    return Optional.of(assemble(texts));
  }

  /** What {@code --help} shows. */
  public String help() {
    return HelpText.of(catalog);
  }

  private MasterFlags assemble(FlagTexts texts) throws UsageException {
    try {
      StorageProvider storage = catalog.named(texts.get(MasterFlags.REGISTRY));
      WorkDirectory directory =
          texts
              .find(MasterFlags.WORK_DIR)
              .<WorkDirectory>map(path -> new WorkDirectory.Given(path.toAbsolutePath()))
              .orElseGet(FlagReader::temporary);
      StorageSettings settings =
          StorageSettings.read(
              storage,
              texts.get(MasterFlags.REGISTRY_NAME),
              directory.path(),
              texts.textsBeside(MasterFlags.OPTIONS));
      return new MasterFlags(
          storage,
          settings,
          directory,
          texts.get(MasterFlags.IP),
          texts.get(MasterFlags.PORT),
          texts.get(MasterFlags.FETCH_TIMEOUT),
          texts.get(MasterFlags.STORE_TIMEOUT),
          texts.get(MasterFlags.QUEUE_CAPACITY),
          FailoverFlags.read(texts),
          texts.get(FailoverFlags.STRICT),
          ElectionFlags.read(texts),
          texts.get(MasterFlags.LOG_LEVEL));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static WorkDirectory temporary() {
    return new WorkDirectory.Temporary(
        Path.of(System.getProperty("java.io.tmpdir"), "registrar-" + UUID.randomUUID()));
  }

  private ParseResult parse(String[] arguments) throws UsageException {
    CommandSpec spec = CommandSpec.create().name("reference-master");
    spec.addOption(OptionSpec.builder(HELP, "-h").arity("0").type(boolean.class).build());
    known.forEach(
        (name, option) ->
            spec.addOption(
                OptionSpec.builder("--" + name)
                    .arity("1")
                    .type(String.class)
                    .paramLabel(option.placeholder())
                    .build()));
    CommandLine line = new CommandLine(spec).setExpandAtFiles(false);
    try {
      return line.parseArgs(
          Arrays.stream(arguments).map(FlagReader::underscored).toArray(String[]::new));
    } catch (UnmatchedArgumentException e) {
      throw new UsageException(unknown(e), e);
    } catch (ParameterException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String unknown(UnmatchedArgumentException e) {
    List<String> suggestions = e.getSuggestions().stream().limit(MOST_SUGGESTIONS).toList();
    return "there is no flag '"
        + e.getUnmatched().get(0)
        + "'"
        + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?")
        + (suggestions.isEmpty() ? "; " : " ")
        + "--help lists the flags";
  }

  /** A flag as it is declared: {@code --work-dir=/a-b} is {@code --work_dir=/a-b}. */
  private static String underscored(String argument) {
    int equals = argument.indexOf('=');
    int end = equals < 0 ? argument.length() : equals;
    return argument.startsWith("--")
        ? "--" + argument.substring(2, end).replace('-', '_') + argument.substring(end)
        : argument;
  }
}
