package io.registrar.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.leveldb.ChildPrograms.Child;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessDeathTest {
  @TempDir Path work;

  @Test
  void another_process_is_told_who_holds_it_and_gets_it_once_that_is_dead() throws Exception {
    try (Child holder = Child.start("hold", work)) {
      String pid = holder.await("open").split(" ")[1];
      try (Child second = Child.start("open", work)) {
        assertThat(second.await("InUseException"))
            .contains("process " + pid)
            .contains(" on ")
            .contains("since");
      }
      // The attempt has not taken the lock away from the holder.
      try (Child third = Child.start("open", work)) {
        third.await("InUseException");
      }
      holder.kill();
      try (Child heir = Child.start("open", work)) {
        heir.await("open");
      }
    }
  }

  @Test
  void a_program_that_only_knows_levels_own_lock_is_noticed() throws Exception {
    TestStores.smallStore(work);
    try (Child holder = Child.start("hold", work)) {
      holder.await("open");
      // As if by a program that does not look at OWNER.
      java.nio.file.Files.delete(TestStores.files(work).resolve("OWNER"));
      try (Child second = Child.start("open", work)) {
        assertThat(second.await("InUseException")).contains("LOCK");
      }
    }
  }

  @Test
  void nothing_acknowledged_is_lost_by_kill_9() throws Exception {
    Random random = new Random(20);
    int next = 0;
    for (int round = 0; round < 6; round++) {
      int acknowledged;
      try (Child writer = Child.start("write", work, Integer.toString(next), "0")) {
        acknowledged = writer.killAfter(next + 20 + random.nextInt(400));
      }
      Map<String, String> found = TestStores.contents(work);
      for (int number = 0; number <= acknowledged; number++) {
        assertThat(found).containsEntry("n" + number, ChildPrograms.value(number, 0));
      }
      // At most the one that was under way.
      assertThat(found.size()).isBetween(acknowledged + 1, acknowledged + 2);
      next = found.size();
    }
  }
}
