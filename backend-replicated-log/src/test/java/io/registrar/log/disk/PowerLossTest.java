package io.registrar.log.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Position;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever a power loss leaves of what was not synced, the store comes back with a prefix of what
 * was written, everything synced in it.
 */
class PowerLossTest {
  private static final SegmentSizes SMALL = new SegmentSizes(4096, 1024);
  private static final int LIVES = 4;

  @Test
  void nothingThatWasSyncedIsLostInAThousandPowerLosses() throws IOException {
    for (int seed = 0; seed < 1000 / LIVES; seed++) {
      run(seed);
    }
  }

  @Test
  @Tag("full")
  void norInAHundredThousand() throws IOException {
    for (int seed = 1000; seed < 1000 + 100_000 / LIVES; seed++) {
      run(seed);
    }
  }

  @Test
  void anEntryThatIsWrittenAgainKeepsItsFirstFormUntilTheSecondIsSynced() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (SegmentedStore store = SegmentedStore.open(disk, Records.ID, SMALL)) {
      store.append(Records.founded(), List::of);
      List<DurableRecord> checkpoint = Records.checkpoint(Records.ballot(1), 1, 0);
      store.append(List.of(Records.accepted(1, 5000)), () -> checkpoint);
      store.sync();
      store.append(List.of(Records.learned(1, 10)), List::of);
      store.truncate(Records.footing(1));
    }
    MemoryDisk left = disk.afterPowerLoss(MemoryFile.Survival.NOTHING, new Random(1));
    try (SegmentedStore store = SegmentedStore.open(left, Records.ID, SMALL)) {
      assertThat(Records.all(store.survived()))
          .containsAnyOf(Records.accepted(1, 5000), Records.learned(1, 10));
    }
  }

  private static void run(int seed) throws IOException {
    Random random = new Random(seed);
    Workload workload = new Workload(random);
    MemoryDisk disk = new MemoryDisk();
    for (int life = 1; life <= LIVES; life++) {
      String where = "seed " + seed + ", life " + life;
      disk.losePowerAt(1 + random.nextInt(200));
      try (SegmentedStore store = SegmentedStore.open(disk, Records.ID, SMALL)) {
        if (life > 1) {
          check(where, store, workload);
        }
        workload.write(store, 100);
      } catch (MemoryDisk.PowerLoss expected) {
        assertThat(disk.steps()).as(where).isPositive();
      }
      MemoryFile.Survival[] all = MemoryFile.Survival.values();
      disk = disk.afterPowerLoss(all[random.nextInt(all.length)], random);
    }
    try (SegmentedStore store = SegmentedStore.open(disk, Records.ID, SMALL)) {
      check("seed " + seed + ", at last", store, workload);
    }
  }

  /**
   * What has survived is a part of what was written without a gap, to the last synced or beyond.
   */
  private static void check(String where, SegmentedStore store, Workload workload)
      throws IOException {
    assertThat(store.damage()).as("%s: %s", where, store.damagedPlaces()).isEqualTo(Damage.none());
    List<DurableRecord> survived = Records.all(store.survived());
    List<DurableRecord> written = workload.handedOver();
    int from = survived.isEmpty() ? 0 : Collections.indexOfSubList(written, survived);
    assertThat(from).as("%s: survived without a gap", where).isNotNegative();
    assertThat(from + survived.size())
        .as("%s: everything synced has survived", where)
        .isGreaterThanOrEqualTo(workload.synced());
    if (from > 0) {
      assertThat(survived.get(0)).as(where).isInstanceOf(DurableRecord.Started.class);
    }
    workload.restart(survived);
    Map<Long, Entry> entries = workload.entries();
    for (long position = workload.begin(); position <= workload.end(); position++) {
      assertThat(store.read(new Position(position), new Position(position), 1))
          .as("%s: entry at %s", where, position)
          .containsExactly(entries.get(position));
    }
  }
}
