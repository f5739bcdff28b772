package io.registrar.log.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.Damage;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full ends the store with an error, not the process, and loses nothing synced. */
class FullDiskTest {
  private static final long SIZE = 3 << 20;

  @TempDir Path mountPoint;

  /** Writes until the disk is full, then tells how far it came and what it was told. */
  public static final class Writer {
    private Writer() {}

    /** The directory is the first argument. */
    public static void main(String[] arguments) throws IOException {
      long synced = 0;
      try (SegmentedStore store = open(Path.of(arguments[0]))) {
        for (var ignored : store.survived()) {
          synced++;
        }
        while (true) {
          store.append(List.of(Records.promised(synced + 1)), List::of);
          store.append(List.of(Records.accepted(1, 100_000)), List::of);
          store.sync();
          synced += 2;
        }
      } catch (IOException e) {
        System.out.println("full after " + synced + ": " + e.getMessage());
      }
    }
  }

  private static SegmentedStore open(Path home) throws IOException {
    return SegmentedStore.open(home, Records.ID, SegmentSizes.DEFAULT);
  }

  @Test
  void endsTheStoreAndNotTheProcess() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(mountPoint, SIZE)) {
      Path home = mountPoint.resolve("log");
      String said;
      try (ChildJvm writer = ChildJvm.start(Writer.class, Duration.ofMinutes(3), home.toString())) {
        said = writer.await("full after ");
        assertThat(writer.awaitExit()).isZero();
      }
      assertThat(said).contains("No space left on device");
      long synced = Long.parseLong(said.substring(11, said.indexOf(':')));
      assertThat(synced).isGreaterThan(10);
      try (SegmentedStore store = open(home)) {
        assertThat(store.damage()).isEqualTo(Damage.none());
        assertThat(Records.all(store.survived())).hasSizeGreaterThanOrEqualTo((int) synced);
      }
    }
  }

  @Test
  void worksAgainWhenThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(mountPoint, SIZE)) {
      Path home = mountPoint.resolve("log");
      disk.fillUntilFree(512 << 10);
      try (ChildJvm writer = ChildJvm.start(Writer.class, Duration.ofMinutes(3), home.toString())) {
        assertThat(writer.await("full after ")).contains("No space left on device");
      }
      disk.makeRoom();
      try (SegmentedStore store = open(home)) {
        store.append(Records.founded(), List::of);
        store.sync();
      }
      try (SegmentedStore store = open(home)) {
        assertThat(Records.all(store.survived()))
            .endsWith(Records.founded().toArray(new io.registrar.log.paxos.DurableRecord[0]));
      }
    }
  }
}
