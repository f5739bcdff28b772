package io.registrar.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.tck.fault.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time has a directory. */
class StoreLockTest {
  @TempDir Path home;

  /** Opens a store, says so, and keeps it until its input ends. */
  public static final class Holder {
    private Holder() {}

    /** The directory is the first argument. */
    public static void main(String[] arguments) throws IOException {
      try (SegmentedStore store = open(Path.of(arguments[0]))) {
        System.out.println("open " + store.damage().kind());
        while (System.in.read() >= 0) {
          continue;
        }
      }
    }
  }

  private static SegmentedStore open(Path home) throws IOException {
    return SegmentedStore.open(home, Records.ID, SegmentSizes.DEFAULT);
  }

  @Test
  void aSecondOpeningInThisProcessIsRefusedAndHarmsNothing() throws Exception {
    try (SegmentedStore store = open(home)) {
      assertThatThrownBy(() -> open(home.resolve(".")))
          .isInstanceOf(StoreInUseException.class)
          .hasMessageContaining(home.toString())
          .hasMessageContaining("this process");
      assertThatThrownBy(() -> LogInspector.open(home)).isInstanceOf(StoreInUseException.class);
      // The refused ones must not have freed it for other processes.
      try (ChildJvm second = ChildJvm.start(Holder.class, Duration.ofMinutes(2), home.toString())) {
        assertThat(second.awaitExit()).isNotZero();
        assertThat(second.drain()).isEmpty();
        assertThat(second.errorText())
            .contains("StoreInUseException")
            .contains(home + " is open in process " + ProcessHandle.current().pid());
      }
      store.append(Records.founded(), List::of);
    }
    open(home).close();
  }

  @Test
  void anotherProcessIsNamedAndFreesTheDirectoryWhenItDies() throws Exception {
    try (ChildJvm first = ChildJvm.start(Holder.class, Duration.ofMinutes(2), home.toString())) {
      first.await("open NONE");
      assertThatThrownBy(() -> open(home))
          .isInstanceOf(StoreInUseException.class)
          .hasMessage(home + " is open in process " + first.pid());
      assertThatThrownBy(() -> LogInspector.open(home))
          .isInstanceOf(StoreInUseException.class)
          .hasMessageContaining("process " + first.pid());
      first.kill();
    }
    open(home).close();
  }

  @Test
  void aDirectoryWithOtherFilesIsRefused() throws IOException {
    Files.writeString(home.resolve("MANIFEST-000002"), "of another program");
    assertThatThrownBy(() -> open(home))
        .isInstanceOf(IncompatibleStoreException.class)
        .hasMessageContaining("MANIFEST-000002")
        .hasMessageContaining("empty directory");
    assertThat(home).isDirectoryNotContaining("glob:**/current");
  }
}
