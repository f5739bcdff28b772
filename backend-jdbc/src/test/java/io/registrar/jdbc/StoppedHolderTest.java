package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.FencedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A master that stops while the server holds the head's row for it blocks nobody. */
class StoppedHolderTest {
  @Test
  void aTakeoverEndsTheServersProcessThatWaitsForTheRestOfACommit() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (StragglerRelay relay = new StragglerRelay(database.server().address());
        Storage far =
            database.open(
                Map.of("jdbc_url", PostgresServer.url(relay.address(), database.name())));
        Storage near = database.open()) {
      StorageSession stopped = TestDatabase.lead(far);
      stopped.commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
      int request = requestBytes(relay, stopped);
      // All but the message with which a request ends: the server has done it, and waits.
      relay.hold(request - 5);
      CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> commit(stopped));
      Deadline.after(TestDatabase.TIMEOUT)
          .await("the server holds the row", () -> relay.kept() == 5 && holdsTheRow(database));

      long before = System.nanoTime();
      StorageSession later = TestDatabase.lead(near);
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isLessThan(10);
      later.commit(TestDatabase.put("b", "1"), TestDatabase.TIMEOUT);
      assertThat(TestDatabase.records(near)).isEqualTo(Map.of("a", "22", "b", "1"));
      assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("FencedException");
      assertThatThrownBy(() -> stopped.confirm(TestDatabase.TIMEOUT))
          .isInstanceOf(FencedException.class);
    }
  }

  /** How long a request is: all of one is kept, and then delivered. */
  private static int requestBytes(StragglerRelay relay, StorageSession session) throws Exception {
    relay.hold(0);
    CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> commit(session));
    Deadline deadline = Deadline.after(TestDatabase.TIMEOUT);
    // A request is written at once, so that it is all there as soon as some of it is.
    deadline.await("a commit was sent", () -> relay.kept() > 100);
    int bytes = relay.kept();
    relay.deliver();
    assertThat(call.get(30, TimeUnit.SECONDS)).startsWith("version");
    return bytes;
  }

  private static String commit(StorageSession session) {
    try {
      return "version " + session.commit(TestDatabase.put("a", "22"), TestDatabase.TIMEOUT);
    } catch (StorageException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static boolean holdsTheRow(TestDatabase database) {
    try {
      return database.sql("select name from registrar_head for update skip locked").isEmpty();
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }
}
