package io.registrar.leveldb;

import static io.registrar.leveldb.TestStores.SOON;
import static io.registrar.leveldb.TestStores.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ends the process, or goes unnoticed, when the native library is left to itself. */
@Timeout(60)
class GuardedDatabaseTest {
  @TempDir Path work;

  @Test
  void every_use_after_close_is_refused_in_java() throws Exception {
    TestStores.smallStore(work);
    Storage storage = TestStores.open(work);
    StorageSession session = TestStores.acquire(storage);
    Snapshot snapshot = storage.read(SOON);
    snapshot.next();
    storage.close();
    storage.close();
    assertThatThrownBy(snapshot::next).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> session.commit(put("x", "1"), SOON))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> session.confirm(SOON)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> storage.read(SOON)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> TestStores.acquire(storage)).isInstanceOf(ClosedException.class);
    snapshot.close();
    snapshot.close();
    session.close();
    session.close();
  }

  @Test
  void a_closed_snapshot_is_refused_while_the_storage_goes_on() throws Exception {
    TestStores.smallStore(work);
    try (Storage storage = TestStores.open(work)) {
      Snapshot snapshot = storage.read(SOON);
      snapshot.close();
      snapshot.close();
      assertThatThrownBy(snapshot::next).isInstanceOf(ClosedException.class);
      assertThat(TestStores.drain(storage.read(SOON))).hasSize(3);
    }
  }

  @Test
  void closing_beside_readers_and_a_writer_ends_all_of_them_cleanly() throws Exception {
    for (int round = 0; round < 20; round++) {
      Storage storage = TestStores.open(work);
      StorageSession session = TestStores.acquire(storage);
      session.commit(put("first", "1"), SOON);
      CountDownLatch running = new CountDownLatch(4);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Integer>> ends = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        ends.add(threads.submit(untilClosed(running, () -> TestStores.drain(storage.read(SOON)))));
      }
      ends.add(threads.submit(untilClosed(running, () -> session.commit(put("x", "1"), SOON))));
      running.await();
      storage.close();
      for (Future<Integer> end : ends) {
        assertThat(end.get(10, TimeUnit.SECONDS)).isPositive();
      }
      threads.shutdown();
    }
  }

  /** Repeats a call until it ends in {@link ClosedException}; answers how often it went well. */
  private static Callable<Integer> untilClosed(CountDownLatch running, Callable<?> call) {
    return () -> {
      int done = 0;
      try {
        while (true) {
          call.call();
          if (done++ == 0) {
            running.countDown();
          }
        }
      } catch (ClosedException e) {
        return done;
      }
    };
  }

  @Test
  void closing_a_session_lets_its_commit_end() throws Exception {
    try (Storage storage = TestStores.open(work)) {
      for (int round = 0; round < 50; round++) {
        StorageSession session = TestStores.acquire(storage);
        String id = "r" + round;
        CountDownLatch begun = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Boolean> committed =
            thread.submit(
                () -> {
                  begun.countDown();
                  try {
                    session.commit(put(id, "1"), SOON);
                    return true;
                  } catch (ClosedException e) {
                    return false;
                  }
                });
        begun.await();
        session.close();
        boolean there = committed.get(10, TimeUnit.SECONDS);
        assertThat(TestStores.drain(storage.read(SOON)).containsKey(id)).isEqualTo(there);
        thread.shutdown();
      }
    }
  }

  @Test
  void after_a_failed_sync_nothing_more_is_done_until_reopening() throws Exception {
    Map<String, String> before = TestStores.smallStore(work);
    AtomicInteger writes = new AtomicInteger();
    try (Storage storage = LevelDbStorage.open(TestStores.files(work), failingAt(3, writes))) {
      StorageSession session = TestStores.acquire(storage);
      session.commit(put("good", "1"), SOON);
      assertThatThrownBy(() -> session.commit(put("doubtful", "1"), SOON))
          .isInstanceOf(CommitUnknownException.class)
          .hasMessageContaining("opened again");
      assertThatThrownBy(() -> session.commit(put("later", "1"), SOON))
          .isInstanceOf(ClosedException.class)
          .hasCauseInstanceOf(CommitUnknownException.class);
      assertThatThrownBy(() -> storage.read(SOON)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> TestStores.acquire(storage))
          .isInstanceOf(UnavailableException.class);
      assertThat(writes).hasValue(3);
    }
    Map<String, String> after = TestStores.contents(work);
    assertThat(after.remove("good")).isEqualTo("1");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void a_failed_acquire_leaves_no_session() throws Exception {
    TestStores.smallStore(work);
    try (Storage storage =
        LevelDbStorage.open(TestStores.files(work), failingAt(1, new AtomicInteger()))) {
      assertThatThrownBy(() -> TestStores.acquire(storage))
          .isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> TestStores.acquire(storage))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void an_interrupted_thread_commits_and_breaks_nothing() throws Exception {
    try (Storage storage = TestStores.open(work, "registry", "java");
        StorageSession session = TestStores.acquire(storage)) {
      Thread.currentThread().interrupt();
      session.commit(put("x", "1"), SOON);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(session.ignoresInterrupts()).as("the port to Java does not").isFalse();
      session.commit(put("y", "2"), SOON);
    }
    assertThat(TestStores.contents(work)).isEqualTo(Map.of("x", "1", "y", "2"));
  }

  /** A native database whose write of this number fails without having written. */
  private static Engines.Engine failingAt(int failing, AtomicInteger writes) throws Exception {
    Engines.Engine engine = Engines.choose(EngineChoice.NATIVE);
    return directory -> {
      DB database = engine.open(directory);
      return (DB)
          Proxy.newProxyInstance(
              DB.class.getClassLoader(),
              new Class<?>[] {DB.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("write") && writes.incrementAndGet() == failing) {
                  throw new DBException("IO error: injected");
                }
                try {
                  return method.invoke(database, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    };
  }
}
