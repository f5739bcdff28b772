package io.registrar.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallDiskTest {
  @Test
  void runsFullAndHasRoomAgain(@TempDir Path directory) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 1 << 20)) {
      assertThat(disk.freeBytes()).isEqualTo(1 << 20);
      Path file = directory.resolve("file");
      Files.write(file, new byte[1000]);
      disk.fillUntilFree(0);
      assertThat(disk.freeBytes()).isZero();
      assertThatThrownBy(() -> Files.write(directory.resolve("more"), new byte[8192]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left");
      disk.makeRoom();
      Files.write(directory.resolve("more"), new byte[8192]);
      assertThat(file).hasBinaryContent(new byte[1000]);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void isUnmountedThoughAFileIsOpen(@TempDir Path directory) throws Exception {
    SmallDisk disk = SmallDisk.mount(directory, 1 << 20);
    try (var open = Files.newOutputStream(directory.resolve("file"))) {
      open.write(1);
      assertThatThrownBy(disk::close)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("still in use");
    }
    assertThat(directory).isEmptyDirectory();
    disk.close();
  }

  @Test
  void saysThatItIsNotAvailableWhereItCannotBeMounted(@TempDir Path directory) {
    assertThatThrownBy(() -> SmallDisk.mount(directory.resolve("absent"), 1 << 20))
        .isInstanceOf(FaultNotAvailable.class)
        .hasMessageContaining("cannot be mounted");
  }
}
