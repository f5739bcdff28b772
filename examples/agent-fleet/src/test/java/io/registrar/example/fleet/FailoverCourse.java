package io.registrar.example.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a master's own log tells of its way to the lead, as times since a moment. */
final class FailoverCourse {
  private static final List<Pattern> STEPS =
      List.of(
          Pattern.compile("gives its (lease) back"),
          Pattern.compile("process of member \\d+ has (ended)"),
          Pattern.compile("(elected), under ballot"),
          Pattern.compile("(epoch) \\d+ has begun"),
          Pattern.compile("(recovered) \\d+ records"),
          Pattern.compile("(leads)$"));

  private FailoverCourse() {}

  /**
   * The steps that come after a moment, such as {@code elected 610 ms, epoch 640 ms}.
   *
   * @param log what a master has written to its standard error
   */
  static String since(Instant moment, String log) {
    return log.lines()
        .flatMap(line -> step(moment, line).stream())
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> step(Instant moment, String line) {
    int end = line.indexOf(' ');
    for (Pattern pattern : STEPS) {
      Matcher found = pattern.matcher(line);
      if (end > 0 && found.find()) {
        try {
          Instant at = OffsetDateTime.parse(line.substring(0, end)).toInstant();
          return at.isBefore(moment)
              ? Optional.empty()
              : Optional.of(found.group(1) + " " + Duration.between(moment, at).toMillis() + " ms");
        } catch (DateTimeParseException e) {
          return Optional.empty(); // a line of something else
        }
      }
    }
    return Optional.empty();
  }
}
