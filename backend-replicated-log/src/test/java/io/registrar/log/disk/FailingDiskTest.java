package io.registrar.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.DurableRecord;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** One failure of the disk, wherever it comes, ends the store for good, and loses nothing. */
class FailingDiskTest {
  private static final SegmentSizes SMALL = new SegmentSizes(4096, 1024);

  @Test
  void afterAFailureEveryFurtherWriteIsRefusedAndWhatWasSyncedIsThere() throws IOException {
    MemoryDisk never = new MemoryDisk();
    try (SegmentedStore store = SegmentedStore.open(never, Records.ID, SMALL)) {
      new Workload(new Random(1)).write(store, 40);
    }
    assertThat(never.steps()).isGreaterThan(100);
    for (long step = 1; step <= never.steps(); step++) {
      failAt(step);
    }
  }

  private static void failAt(long step) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    disk.failAt(step);
    Workload workload = new Workload(new Random(1));
    try (SegmentedStore store = SegmentedStore.open(disk, Records.ID, SMALL)) {
      assertThatThrownBy(() -> workload.write(store, 40))
          .as("step %s", step)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the disk fails");
      long failed = disk.steps();
      assertRefused(step, () -> store.append(List.of(Records.promised(99)), List::of));
      assertRefused(step, store::sync);
      assertRefused(step, () -> store.truncate(Records.footing(1)));
      assertThat(disk.steps()).as("the disk is left alone").isEqualTo(failed);
    }
    assertThat(disk.openFiles()).as("step %s", step).isZero();
    MemoryDisk left = disk.afterPowerLoss(MemoryFile.Survival.SOME_BLOCKS, new Random(step));
    assertHoldsWhatWasSynced(step, survivedOn(left, step), workload);
    List<DurableRecord> survived = survivedOn(disk, step);
    assertHoldsWhatWasSynced(step, survived, workload);
    // What the store has handed back is durable, even where the failed sync had let it go.
    left = disk.afterPowerLoss(MemoryFile.Survival.NOTHING, new Random(step));
    assertThat(survivedOn(left, step)).as("step %s, opened twice", step).isEqualTo(survived);
  }

  private static List<DurableRecord> survivedOn(MemoryDisk disk, long step) throws IOException {
    try (SegmentedStore store = SegmentedStore.open(disk, Records.ID, SMALL)) {
      assertThat(store.damage())
          .as("step %s: %s", step, store.damagedPlaces())
          .isEqualTo(Damage.none());
      return Records.all(store.survived());
    }
  }

  private static void assertHoldsWhatWasSynced(
      long step, List<DurableRecord> survived, Workload workload) {
    assertThat(survived)
        .as("step %s", step)
        .containsAll(workload.handedOver().subList(from(survived, workload), workload.synced()));
  }

  private static int from(List<DurableRecord> survived, Workload workload) {
    return survived.isEmpty()
        ? workload.synced()
        : Collections.indexOfSubList(workload.handedOver(), survived);
  }

  private static void assertRefused(long step, ThrowingCallable write) {
    assertThatThrownBy(write)
        .as("step %s", step)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("takes no more writes")
        .hasMessageContaining("the disk fails");
  }
}
