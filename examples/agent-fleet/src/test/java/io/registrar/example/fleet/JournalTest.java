package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.example.fleet.Status.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Status FIRST = new Status(Presence.REGISTERED, 0);
  private static final Status SECOND = new Status(Presence.REGISTERED, 1);
  private static final Status LEFT = new Status(Presence.ABSENT, 1);

  @TempDir private Path directory;

  @Test
  void whatWasAcknowledgedIsCertainAfterwards() throws IOException {
    write(
        journal -> {
          journal.sent(5, FIRST);
          journal.acknowledged(5);
          journal.sent(5, SECOND);
          journal.acknowledged(5);
        });
    assertThat(read().account(5).possible()).containsExactly(SECOND);
  }

  @Test
  void withoutAnAnswerBothAreLeftPossible() throws IOException {
    write(
        journal -> {
          journal.sent(5, FIRST);
          journal.acknowledged(5);
          journal.sent(5, LEFT);
        });
    assertThat(read().account(5).possible()).containsExactly(FIRST, LEFT);
    assertThat(read().account(5).isCertain()).isFalse();
  }

  @Test
  void aFailureLeavesWhatWasPossibleBefore() throws IOException {
    write(
        journal -> {
          journal.sent(5, FIRST);
          journal.sent(5, FIRST);
          journal.failed(5);
        });
    assertThat(read().account(5).possible()).containsExactly(Status.NEVER_SEEN, FIRST);
  }

  @Test
  void aLineThatWasCutOffIsNone() throws IOException {
    write(
        journal -> {
          journal.sent(5, FIRST);
          journal.acknowledged(5);
        });
    Files.writeString(file(), "{\"agent\":5,\"sent\":\"ABS", StandardOpenOption.APPEND);
    assertThat(read().account(5).possible()).containsExactly(FIRST);
    write(journal -> journal.sent(6, FIRST));
    assertThat(Files.readString(file(), StandardCharsets.UTF_8)).doesNotContain("ABS");
    assertThat(read().account(6).possible()).containsExactly(Status.NEVER_SEEN, FIRST);
  }

  @Test
  void whatWasSentAfterAReadingMayBeTrueAndWhatWasTrueMayStillBe() throws IOException {
    write(
        journal -> {
          journal.sent(5, FIRST);
          journal.acknowledged(5);
        });
    History earlier = History.read(file());
    write(
        journal -> {
          journal.sent(5, SECOND);
          journal.acknowledged(5);
          journal.sent(6, FIRST);
        });
    Ledger ledger = new Ledger();
    earlier.tell(ledger);
    History.read(file()).tellSince(earlier, ledger);
    assertThat(ledger.account(5).possible()).containsExactly(FIRST, SECOND);
    assertThat(ledger.knows(6)).isTrue();
  }

  @Test
  void theFileOfAnotherFleetIsRefused() throws IOException {
    write(journal -> journal.sent(5, FIRST));
    assertThatThrownBy(() -> Journal.append(file(), 2, new Ledger()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--seed=1");
  }

  @Test
  void aFileThatIsNoJournalIsRefused() throws IOException {
    Files.writeString(file(), "root:x:0:0\n");
    assertThatThrownBy(() -> History.read(file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1");
  }

  private Path file() {
    return directory.resolve("fleet.log");
  }

  private void write(Writing writing) throws IOException {
    try (Journal journal = Journal.append(file(), 1, new Ledger())) {
      writing.to(journal);
    }
  }

  private Ledger read() throws IOException {
    Ledger ledger = new Ledger();
    History.read(file()).tell(ledger);
    return ledger;
  }

  private interface Writing {
    void to(Journal journal) throws IOException;
  }
}
