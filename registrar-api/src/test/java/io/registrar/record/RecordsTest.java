package io.registrar.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final RecordType<Note> NOTE = RecordType.json("note", Note.class, Note::id);

  private record Note(String id, String text) {}

  @Test
  void aRandomHistoryGivesWhatAMapGives() {
    Random random = new Random(11);
    TreeMap<String, Note> model = new TreeMap<>(RecordKey::compareIds);
    Records records = Records.EMPTY;
    for (int i = 0; i < 5_000; i++) {
      String id = "n" + random.nextInt(300);
      if (random.nextInt(3) == 0) {
        model.remove(id);
        records = records.without(NOTE.key(id));
      } else {
        Note note = new Note(id, "text " + random.nextInt(10));
        model.put(id, note);
        records = records.with(NOTE, note);
      }
      if (i % 100 == 0) {
        assertSame(records, model);
      }
    }
    assertSame(records, model);
  }

  private static void assertSame(Records records, TreeMap<String, Note> model) {
    assertThat(records.all(NOTE)).containsExactlyElementsOf(model.values());
    assertThat(records.size()).isEqualTo(model.size());
    List<StoredRecord> stored = new ArrayList<>(records.stored().toList());
    Collections.shuffle(stored, new Random(3));
    Records loaded = Records.load(stored, List.of(NOTE));
    assertThat(loaded.digest()).isEqualTo(records.digest());
    assertThat(loaded.locator()).isEqualTo(records.locator());
    assertThat(loaded.sizeBytes()).isEqualTo(records.sizeBytes());
    assertThat(loaded.all(NOTE)).containsExactlyElementsOf(model.values());
  }

  @Test
  void anOldSetStaysAsItWas() {
    Records before = Records.EMPTY.with(NOTE, new Note("a", "1"));
    Records after = before.with(NOTE, new Note("a", "2")).with(NOTE, new Note("b", "3"));
    assertThat(before.all(NOTE)).containsExactly(new Note("a", "1"));
    assertThat(after.size()).isEqualTo(2);
  }

  @Test
  void pagesFollowTheOrderOfTheIdsBytes() {
    Records records = Records.EMPTY;
    for (String id : List.of("\uD83D\uDE00", "\uFFFD", "z", "a")) {
      records = records.with(NOTE, new Note(id, ""));
    }
    assertThat(records.all(NOTE).map(Note::id)).containsExactly("a", "z", "\uFFFD", "\uD83D\uDE00");
    assertThat(records.after(NOTE, "z").map(Note::id)).containsExactly("\uFFFD", "\uD83D\uDE00");
  }

  @Test
  void theOneRecordThatWasChangedIsNamed() {
    Records good = hundred();
    List<StoredRecord> stored = new ArrayList<>(good.stored().toList());
    stored.replaceAll(one -> one.key().id().equals("n42") ? note("n42", "forged") : one);
    Records bad = Records.load(stored, List.of(NOTE));
    assertThat(bad.digest()).isNotEqualTo(good.digest());
    assertThat(bad.suspect(good.digest(), good.locator())).contains(NOTE.key("n42"));
  }

  @Test
  void theOneRecordThatShouldNotBeThereIsNamed() {
    Records good = hundred();
    Records bad = good.with(NOTE, new Note("ghost", "boo"));
    assertThat(bad.suspect(good.digest(), good.locator())).contains(NOTE.key("ghost"));
  }

  @Test
  void nobodyIsSuspectedOfALoss() {
    Records good = hundred();
    Records bad = good.without(NOTE.key("n7"));
    assertThat(bad.suspect(good.digest(), good.locator())).isEmpty();
  }

  @Test
  void whatIsNotKnownSurvivesEveryRewrite() {
    String later = "{\"id\":\"a\",\"text\":\"1\",\"colour\":\"red\"}";
    StoredRecord stored = new StoredRecord(NOTE.key("a"), later.getBytes(StandardCharsets.UTF_8));
    Records records = Records.load(List.of(stored), List.of(NOTE));
    for (String text : List.of("2", "3", "4")) {
      records = records.with(NOTE, new Note("a", text));
      assertThat(new String(records.bytes(NOTE.key("a")).orElseThrow(), StandardCharsets.UTF_8))
          .contains("\"text\":\"" + text + "\"", "\"colour\":\"red\"");
    }
  }

  @Test
  void whatThisProgramHasMadeIsNotSearchedForWhatItDoesNotKnow() {
    List<String> searched = new ArrayList<>();
    Codec<Note> json = NOTE.codec();
    Codec<Note> watched =
        new Codec<>() {
          @Override
          public Note decode(byte[] bytes) {
            return json.decode(bytes);
          }

          @Override
          public byte[] encode(Note value, byte @Nullable [] previous) {
            if (previous != null) {
              searched.add(value.text());
            }
            return json.encode(value, previous);
          }
        };
    RecordType<Note> type = RecordType.of("note", watched, Note::id);
    Records records = Records.load(List.of(note("a", "1")), List.of(type));
    for (String text : List.of("2", "3")) {
      records = records.with(type, new Note("a", text)).with(type, new Note("b", text));
    }
    assertThat(searched).containsExactly("2");
  }

  @Test
  void anEqualValueIsNoChange() {
    Records records = hundred();
    assertThat(records.with(NOTE, new Note("n7", "text 7"))).isSameAs(records);
  }

  @Test
  void aRecordThatSaysItIsAnotherIsRefused() {
    StoredRecord moved = new StoredRecord(NOTE.key("b"), note("a", "x").value());
    assertThatThrownBy(() -> Records.load(List.of(moved), List.of(NOTE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("note/b")
        .hasMessageContaining("note/a");
  }

  @Test
  void aKeyThatComesTwiceIsRefused() {
    assertThatThrownBy(() -> Records.load(List.of(note("a", "x"), note("a", "y")), List.of(NOTE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("note/a came twice");
  }

  @Test
  void kindsThatAreNotKnownAreKeptAsTheyAre() {
    StoredRecord foreign = new StoredRecord(new RecordKey("alien", "x"), new byte[] {0, -1, 7});
    Records records = Records.load(List.of(foreign), List.of(NOTE));
    assertThat(records.stored()).containsExactly(foreign);
    assertThat(records.kinds()).containsExactly("alien");
  }

  private static Records hundred() {
    Records records = Records.EMPTY;
    for (int i = 0; i < 100; i++) {
      records = records.with(NOTE, new Note("n" + i, "text " + i));
    }
    return records;
  }

  private static StoredRecord note(String id, String text) {
    String json = "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}";
    return new StoredRecord(NOTE.key(id), json.getBytes(StandardCharsets.UTF_8));
  }
}
