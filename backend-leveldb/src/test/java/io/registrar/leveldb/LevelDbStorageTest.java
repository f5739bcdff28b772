package io.registrar.leveldb;

import static io.registrar.leveldb.TestStores.SOON;
import static io.registrar.leveldb.TestStores.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.Batch;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.InUseException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelDbStorageTest {
  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(strings = {"native", "java"})
  void commits_epoch_and_header_outlive_reopening(String engine) throws Exception {
    try (Storage storage = TestStores.open(work, "a", engine);
        StorageSession session = storage.acquire("m1", new Floor(5, 40), SOON)) {
      assertThat(session.epoch()).isEqualTo(6);
      assertThat(session.commit(put("x", "1"), SOON)).isEqualTo(41);
      assertThat(session.commit(put("y", ""), SOON)).isEqualTo(42);
      Batch delete = Batch.of(Header.EMPTY).delete(new RecordKey("agent", "x")).build();
      assertThat(session.commit(delete, SOON)).isEqualTo(43);
      assertThat(session.commit(put("z", "ä\n"), SOON)).isEqualTo(44);
    }
    try (Storage storage = TestStores.open(work, "a", engine);
        StorageSession session = storage.acquire("m1", Floor.NONE, SOON)) {
      assertThat(session.epoch()).isEqualTo(7);
      assertThat(session.snapshot().version()).isEqualTo(44);
      assertThat(session.snapshot().header()).isEqualTo(Header.of(new byte[] {'z'}));
      assertThat(TestStores.drain(session.snapshot())).isEqualTo(Map.of("y", "", "z", "ä\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "java"})
  void either_build_opens_what_the_other_wrote(String second) throws Exception {
    String first = second.equals("native") ? "java" : "native";
    try (Storage storage = TestStores.open(work, "registry", first);
        StorageSession session = TestStores.acquire(storage)) {
      session.commit(put("x", "by " + first), SOON);
    }
    try (Storage storage = TestStores.open(work, "registry", second);
        StorageSession session = TestStores.acquire(storage)) {
      session.commit(put("y", "by " + second), SOON);
    }
    assertThat(TestStores.contents(work))
        .isEqualTo(Map.of("x", "by " + first, "y", "by " + second));
  }

  @Test
  void a_later_acquire_fences() throws Exception {
    try (Storage storage = TestStores.open(work)) {
      StorageSession earlier = TestStores.acquire(storage);
      StorageSession later = TestStores.acquire(storage);
      later.commit(put("x", "later"), SOON);
      assertThatThrownBy(() -> earlier.commit(put("x", "earlier"), SOON))
          .isInstanceOf(FencedException.class);
      assertThatThrownBy(() -> earlier.confirm(SOON)).isInstanceOf(FencedException.class);
      later.confirm(SOON);
      assertThat(TestStores.drain(storage.read(SOON))).isEqualTo(Map.of("x", "later"));
    }
  }

  @Test
  void a_snapshot_stays_as_it_is_while_others_commit() throws Exception {
    try (Storage storage = TestStores.open(work);
        StorageSession session = TestStores.acquire(storage)) {
      session.commit(put("x", "1"), SOON);
      try (Snapshot snapshot = storage.read(SOON)) {
        session.commit(put("x", "2"), SOON);
        session.commit(put("y", "2"), SOON);
        assertThat(snapshot.version()).isEqualTo(1);
        assertThat(TestStores.drain(snapshot)).isEqualTo(Map.of("x", "1"));
        assertThat(snapshot.next()).isEmpty();
      }
    }
  }

  @Test
  void registries_whose_names_differ_in_case_or_dots_never_meet() throws Exception {
    List<String> names = List.of("a", "A", "a.b", "a_b", "a.", "+a".replace('+', '-'), "Aa", "aA");
    for (String name : names) {
      try (Storage storage = TestStores.open(work, name, "auto");
          StorageSession session = TestStores.acquire(storage)) {
        session.commit(put("name", name), SOON);
      }
    }
    for (String name : names) {
      try (Storage storage = TestStores.open(work, name, "auto")) {
        assertThat(TestStores.drain(storage.read(SOON))).isEqualTo(Map.of("name", name));
      }
    }
    assertThat(
            names.stream()
                .map(
                    n ->
                        StoreDirectory.directoryName(new io.registrar.spi.RegistryName(n))
                            .toLowerCase()))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_same_process_cannot_open_it_twice_and_the_attempt_does_no_harm() throws Exception {
    try (Storage storage = TestStores.open(work);
        StorageSession session = TestStores.acquire(storage)) {
      assertThatThrownBy(() -> TestStores.open(work))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining("this process");
      session.commit(put("x", "1"), SOON);
    }
    assertThat(TestStores.contents(work)).isEqualTo(Map.of("x", "1"));
  }

  @Test
  void a_foreign_directory_is_refused_and_left_alone() throws Exception {
    Path foreign = Files.createDirectories(work.resolve("registry.leveldb"));
    Files.writeString(foreign.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> TestStores.open(work))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("thesis.txt")
        .hasMessageContaining("--leveldb_path");
    assertThat(foreign.toFile().list()).containsExactly("thesis.txt");
  }

  @Test
  void another_format_is_refused() throws Exception {
    TestStores.smallStore(work);
    Files.writeString(work.resolve("registry.leveldb/FORMAT"), "format 2\n");
    assertThatThrownBy(() -> TestStores.open(work))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void a_file_in_the_directory_s_place_is_refused() throws Exception {
    Files.writeString(work.resolve("registry.leveldb"), "a file");
    assertThatThrownBy(() -> TestStores.open(work))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("not a directory");
  }

  @Test
  void a_directory_that_cannot_be_made_is_unavailable() {
    assertThatThrownBy(() -> TestStores.open(Path.of("/proc/nowhere")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("--leveldb_path");
  }

  @Test
  void a_store_whose_creation_was_cut_short_is_begun_anew() throws Exception {
    Path files = Files.createDirectories(TestStores.files(work));
    Files.writeString(
        work.resolve("registry.leveldb/FORMAT"), "Registrar registries in LevelDB, format 1\n");
    Files.writeString(files.resolve("CURRENT"), "MANIFEST-000001\n");
    Files.write(files.resolve("MANIFEST-000001"), new byte[100]);
    try (Storage storage = TestStores.open(work);
        StorageSession session = TestStores.acquire(storage)) {
      assertThat(session.epoch()).isEqualTo(1);
    }
  }
}
