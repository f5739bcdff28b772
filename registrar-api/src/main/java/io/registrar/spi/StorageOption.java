package io.registrar.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One option of a storage provider, or of a master, typed: it knows how to read its text, so that
 * nothing past the command line handles text. Declared once, as a constant, and a provider's is
 * given to {@link StorageSettings#get}.
 *
 * @param <T> what its text stands for
 */
public final class StorageOption<T> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  private final String name;
  private final String placeholder;
  private final String description;
  private final Function<String, T> reader;
  private final @Nullable String defaultText;

  private StorageOption(
      String name,
      String placeholder,
      String description,
      Function<String, T> reader,
      @Nullable String defaultText) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "an option's name is words of a-z and 0-9 joined by _; got '" + name + "'");
    }
    this.name = name;
    this.placeholder = placeholder;
    this.description = description;
    this.reader = reader;
    this.defaultText = defaultText;
  }

  /**
   * An option of any type.
   *
   * @param name words of {@code a-z0-9} joined by {@code _}, beginning with the provider's name
   * @param placeholder what stands for the value in {@code --help}, such as {@code PATH}
   * @param description one sentence for {@code --help}
   * @param reader reads the text, and throws {@link IllegalArgumentException} saying what is wrong
   *     with it
   */
  public static <T> StorageOption<T> of(
      String name, String placeholder, String description, Function<String, T> reader) {
    return new StorageOption<>(name, placeholder, description, reader, null);
  }

  /** An option whose value is its text. */
  public static StorageOption<String> text(String name, String placeholder, String description) {
    return of(name, placeholder, description, Function.identity());
  }

  /** A file or directory. */
  public static StorageOption<Path> path(String name, String description) {
    return of(name, "PATH", description, StorageOption::readPath);
  }

  /** A duration as {@link DurationText} reads it, more than zero. */
  public static StorageOption<Duration> duration(String name, String description) {
    return of(name, "DURATION", description, StorageOption::readDuration);
  }

  /** A whole number from {@code least} to {@code most}. */
  public static StorageOption<Integer> integer(
      String name, String description, int least, int most) {
    return of(name, "N", description, text -> readInteger(text, least, most));
  }

  /** One of an enum's constants, written in lower case. */
  public static <E extends Enum<E>> StorageOption<E> choice(
      String name, String description, Class<E> type) {
    return of(name, choices(type), description, text -> readChoice(text, type));
  }

  /** The same option with a value where none is given; the text must be readable. */
  public StorageOption<T> orElse(String text) {
    Objects.requireNonNull(reader.apply(text));
    return new StorageOption<>(name, placeholder, description, reader, text);
  }

  /** The name, with {@code _} between words. */
  public String name() {
    return name;
  }

  /** What stands for the value in {@code --help}. */
  public String placeholder() {
    return placeholder;
  }

  /** One sentence for {@code --help}. */
  public String description() {
    return description;
  }

  /** The text that counts where none is given. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /**
   * Reads a text as this option's value.
   *
   * @throws IllegalArgumentException naming the option, and saying what is wrong with the text
   */
  public T read(String text) {
    try {
      return Objects.requireNonNull(reader.apply(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "--" + name;
  }

  private static Path readPath(String text) {
    try {
      if (text.isBlank()) {
        throw new IllegalArgumentException("a path is needed; got an empty text");
      }
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + text + "' is no path: " + e.getReason(), e);
    }
  }

  private static Duration readDuration(String text) {
    Duration duration = DurationText.parse(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("a duration of more than zero is needed; got " + text);
    }
    return duration;
  }

  private static int readInteger(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wholeNumber(text, least, most), e);
    }
    throw new IllegalArgumentException(wholeNumber(text, least, most));
  }

  private static String wholeNumber(String text, int least, int most) {
    return "a whole number from " + least + " to " + most + " is needed; got '" + text + "'";
  }

  private static <E extends Enum<E>> E readChoice(String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text.strip())) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "one of " + choices(type) + " is needed; got '" + text + "'");
  }

  private static <E extends Enum<E>> String choices(Class<E> type) {
    StringBuilder names = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      names.append(names.isEmpty() ? "" : "|").append(constant.name().toLowerCase(Locale.ROOT));
    }
    return names.toString();
  }
}
