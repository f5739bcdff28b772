package io.registrar.example.master.flag;

import io.registrar.spi.StorageOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Texts of flags by name, each with where it was given. What was given first counts. */
final class FlagTexts {
  private final Map<String, StorageOption<?>> known;
  private final Map<String, Given> given = new LinkedHashMap<>();

  FlagTexts(Map<String, StorageOption<?>> known) {
    this.known = known;
  }

  /**
   * Takes a text, unless a stronger source gave one.
   *
   * @param name a known flag, with {@code _} between words; its own name, or another for it
   * @param origin where it was given, for messages; empty for the command line
   * @throws UsageException if the flag cannot read it, even if another text counts
   */
  void add(String name, String text, String origin) throws UsageException {
    StorageOption<?> option = Objects.requireNonNull(known.get(name), name);
    try {
      option.read(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          e.getMessage() + (origin.isEmpty() ? "" : " (given by " + origin + ")"), e);
    }
    given.putIfAbsent(option.name(), new Given(text, origin));
  }

  /** Whether there is a flag of this name. */
  boolean knows(String name) {
    return known.containsKey(name);
  }

  /** The value of a flag that has a default. */
  <T> T get(StorageOption<T> option) {
    return find(option)
        .orElseGet(() -> option.read(option.defaultText().orElseThrow(AssertionError::new)));
  }

  /** The value of a flag, if it was given. */
  <T> Optional<T> find(StorageOption<T> option) {
    return Optional.ofNullable(given.get(option.name())).map(text -> option.read(text.text()));
  }

  /** The texts that were given for none of these flags. */
  Map<String, String> textsBeside(Iterable<StorageOption<?>> others) {
    Map<String, String> texts = new LinkedHashMap<>();
    given.forEach((name, text) -> texts.put(name, text.text()));
    others.forEach(option -> texts.remove(option.name()));
    return texts;
  }

  private record Given(String text, String origin) {}
}
