package io.registrar.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.DamagedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 7.1: bytes changed or lost are refused, naming the file, and never served as truth. */
class LevelDbDamageTest {
  @TempDir Path directory;
  private Path whole;
  private Path damaged;
  private Map<String, String> contents;

  @BeforeEach
  void writeStore() throws Exception {
    whole = directory.resolve("whole");
    damaged = directory.resolve("damaged");
    contents = TestStores.smallStore(whole);
  }

  @Test
  void every_flipped_byte_is_refused_by_its_file_or_does_no_harm() throws Exception {
    int refused = 0;
    int harmless = 0;
    for (String file : engineFiles()) {
      byte[] bytes = Files.readAllBytes(TestStores.files(whole).resolve(file));
      for (int at = 0; at < bytes.length; at++) {
        for (int mask : new int[] {1 << at % 8, 0xff}) {
          byte[] flipped = bytes.clone();
          flipped[at] ^= (byte) mask;
          if (isRefused(file, flipped)) {
            refused++;
          } else {
            harmless++;
          }
        }
      }
    }
    assertThat(harmless).isZero();
    assertThat(refused).isGreaterThan(1300);
  }

  @Test
  void every_file_cut_short_is_refused_by_its_file() throws Exception {
    for (String file : engineFiles()) {
      byte[] bytes = Files.readAllBytes(TestStores.files(whole).resolve(file));
      for (int length = 0; length < bytes.length; length++) {
        assertThat(isRefused(file, Arrays.copyOf(bytes, length)))
            .describedAs("%s cut to %d of %d bytes", file, length, bytes.length)
            .isTrue();
      }
    }
  }

  @Test
  void every_missing_file_is_refused_by_its_name() throws Exception {
    for (String file : engineFiles()) {
      if (!file.equals(AcknowledgedMark.FILE)) {
        TestStores.copy(whole, damaged);
        Files.delete(TestStores.files(damaged).resolve(file));
        assertThatThrownBy(() -> TestStores.open(damaged))
            .describedAs("without %s", file)
            .isInstanceOf(DamagedException.class)
            .hasMessageContaining(file);
      }
    }
  }

  @Test
  void a_page_of_the_log_that_turned_to_zeros_is_refused() throws Exception {
    String log = engineFiles().stream().filter(f -> f.endsWith(".log")).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(TestStores.files(whole).resolve(log));
    byte[] zeros = new byte[bytes.length];
    assertThat(isRefused(log, zeros)).isTrue();
  }

  @Test
  void a_torn_tail_that_was_never_acknowledged_is_cut_off() throws Exception {
    // As after a power loss: the mark is behind, and the log's end is what got written of it.
    Path files = TestStores.files(whole);
    Path mark = files.resolve(AcknowledgedMark.FILE);
    try (Storage storage = TestStores.open(whole);
        StorageSession session = TestStores.acquire(storage)) {
      byte[] before = Files.readAllBytes(mark);
      session.commit(TestStores.put("torn", "never acknowledged"), TestStores.SOON);
      TestStores.copy(whole, damaged);
      Files.write(TestStores.files(damaged).resolve(AcknowledgedMark.FILE), before);
    }
    Path log = newestLog(TestStores.files(damaged));
    byte[] bytes = Files.readAllBytes(log);
    int end = LogRecords.read(bytes).wholeBytes();
    List<byte[]> records = LogRecords.read(bytes).records();
    int begin = end - records.get(records.size() - 1).length;
    Path image = directory.resolve("image");
    for (int cut = begin; cut < end; cut++) {
      TestStores.copy(damaged, image);
      byte[] torn = bytes.clone();
      Arrays.fill(torn, cut, end, (byte) 0);
      Files.write(TestStores.files(image).resolve(log.getFileName()), torn);
      boolean tailOfZeros = Arrays.equals(torn, bytes);
      Map<String, String> found = TestStores.contents(image);
      assertThat(found.remove("torn") != null).describedAs("cut at %d", cut).isEqualTo(tailOfZeros);
      assertThat(found).isEqualTo(contents);
    }
  }

  /** Answers whether opening refuses these bytes; if not, what is read must be whole. */
  private boolean isRefused(String file, byte[] bytes) throws IOException, StorageException {
    if (!Files.exists(damaged)) {
      TestStores.copy(whole, damaged);
    }
    Path changed = TestStores.files(damaged).resolve(file);
    Files.write(changed, bytes);
    try {
      StoreCheck.run(TestStores.files(damaged));
      assertThat(TestStores.contents(damaged)).isEqualTo(contents);
      TestStores.copy(whole, damaged);
      return false;
    } catch (DamagedException e) {
      assertThat(e).hasMessageContaining(file);
      Files.copy(
          TestStores.files(whole).resolve(file),
          changed,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return true;
    }
  }

  /** What is checked: our mark, and LevelDB's files but for its lock and its own diary. */
  private List<String> engineFiles() throws IOException {
    try (Stream<Path> files = Files.list(TestStores.files(whole))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !List.of("LOCK", "LOG", "LOG.old", "OWNER").contains(name))
          .sorted()
          .toList();
    }
  }

  private static Path newestLog(Path files) throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return all.filter(f -> f.toString().endsWith(".log")).sorted().reduce((a, b) -> b).get();
    }
  }
}
