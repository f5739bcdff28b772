package io.registrar.log.disk;

import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Segments are numbered from 1, and named so that a listing shows them in order. */
final class SegmentName {
  /** Behind the name of a file that is not a segment yet. */
  static final String UNFINISHED = ".new";

  private static final Pattern NAME = Pattern.compile("segment-([0-9]{10,18})\\.log");

  private SegmentName() {}

  static String of(long number) {
    return String.format("segment-%010d.log", number);
  }

  static Optional<Long> number(String name) {
    Matcher match = NAME.matcher(name);
    return match.matches() ? Optional.of(Long.valueOf(match.group(1))) : Optional.empty();
  }

  /** The segments of a directory, in order. */
  static TreeMap<Long, String> in(Directory directory) throws IOException {
    TreeMap<Long, String> segments = new TreeMap<>();
    for (String name : directory.names()) {
      number(name).ifPresent(number -> segments.put(number, name));
    }
    return segments;
  }
}
