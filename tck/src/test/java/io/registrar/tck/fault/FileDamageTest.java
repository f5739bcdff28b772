package io.registrar.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDamageTest {
  @TempDir Path directory;

  @Test
  void flipsTheBitsOfOneByte() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[] {0, 1, 2});
    FileDamage.flip(file, 1, 0x81);
    assertThat(file).hasBinaryContent(new byte[] {0, (byte) 0x80, 2});
    assertThatThrownBy(() -> FileDamage.flip(file, 3, 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> FileDamage.flip(file, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cutsFilesOff() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[] {0, 1, 2});
    FileDamage.truncate(file, 1);
    assertThat(file).hasBinaryContent(new byte[] {0});
  }

  @Test
  void copiesATreeExactly() throws Exception {
    Path from = Files.createDirectories(directory.resolve("from/below")).getParent();
    Files.writeString(from.resolve("below/file"), "as it was");
    Path to = Files.createDirectories(directory.resolve("to"));
    Files.writeString(to.resolve("new"), "not there before");
    FileDamage.copyTree(from, to);
    assertThat(FileDamage.filesBelow(to)).containsExactly(to.resolve("below/file"));
    assertThat(to.resolve("below/file")).hasContent("as it was");
  }
}
