package io.registrar.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.node.LogOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log by itself. */
@Timeout(60)
class ReplicatedLogTest {
  private static final Duration CALL = Duration.ofSeconds(20);

  @TempDir private Path root;

  @Test
  void whatIsAppendedIsReadInOrderAlsoAfterReopening() throws Exception {
    long last;
    try (ReplicatedLog log = open()) {
      LogWriter writer = log.writer("test", CALL);
      long first = writer.append(bytes("one"), CALL);
      last = writer.append(bytes("two"), CALL);
      assertThat(last).isGreaterThan(first);
      assertThat(texts(log.reader().read(0, last, CALL))).containsExactly("one", "two");
    }
    try (ReplicatedLog log = open()) {
      assertThat(log.reader().end(CALL)).isGreaterThanOrEqualTo(last);
      assertThat(texts(log.reader().read(0, last, CALL))).containsExactly("one", "two");
    }
  }

  @Test
  void aWriterThatWasReplacedSaysSo() throws Exception {
    try (ReplicatedLog log = open()) {
      LogWriter first = log.writer("first", CALL);
      first.append(bytes("one"), CALL);
      LogWriter second = log.writer("second", CALL);
      assertThatThrownBy(() -> first.append(bytes("lost"), CALL))
          .isInstanceOf(WriterLostException.class);
      assertThatThrownBy(() -> first.append(bytes("lost"), CALL))
          .isInstanceOf(WriterLostException.class);
      long last = second.append(bytes("two"), CALL);
      assertThat(texts(log.reader().read(0, last, CALL))).containsExactly("one", "two");
    }
  }

  @Test
  void aTailGivesEachEntryOnce() throws Exception {
    try (ReplicatedLog log = open()) {
      LogWriter writer = log.writer("test", CALL);
      writer.append(bytes("one"), CALL);
      List<LogEntry> known = log.reader().tail(0, CALL);
      assertThat(texts(known)).containsExactly("one");
      long after = known.get(0).position();
      assertThat(log.reader().tail(after, Duration.ofMillis(10))).isEmpty();
      writer.append(bytes("two"), CALL);
      assertThat(texts(log.reader().tail(after, CALL))).containsExactly("two");
    }
  }

  @Test
  void whatIsTruncatedIsGone() throws Exception {
    try (ReplicatedLog log = open()) {
      LogWriter writer = log.writer("test", CALL);
      long first = writer.append(bytes("one"), CALL);
      long second = writer.append(bytes("two"), CALL);
      writer.truncate(second, CALL);
      long third = writer.append(bytes("three"), CALL);
      assertThat(log.reader().begin()).isEqualTo(second);
      assertThatThrownBy(() -> log.reader().read(first, third, CALL))
          .isInstanceOf(EntriesGoneException.class);
      assertThat(texts(log.reader().read(0, third, CALL))).containsExactly("two", "three");
    }
    try (ReplicatedLog log = open()) {
      long end = log.reader().end(CALL);
      assertThat(texts(log.reader().read(0, end, CALL))).containsExactly("two", "three");
    }
  }

  private ReplicatedLog open() throws Exception {
    return ReplicatedLog.open(LogOptions.alone(root.resolve("log")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> texts(List<LogEntry> entries) {
    return entries.stream()
        .map(entry -> new String(entry.content(), StandardCharsets.UTF_8))
        .toList();
  }
}
