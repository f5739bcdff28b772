package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.master.RunningMaster.Response;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.UnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
  @TempDir private Path directory;
  private final FaultyProvider storage = new FaultyProvider();
  private RunningMaster master;

  @BeforeEach
  void start() throws Exception {
    master =
        RunningMaster.start(
            StorageCatalog.of(List.of(storage)),
            "--registry=faulty",
            "--work_dir=" + directory.resolve("work"),
            "--registry_queue_capacity=1");
  }

  @AfterEach
  void stop() {
    storage.strike(FaultyProvider.NONE);
    master.close();
  }

  @Test
  void aStorageThatIsAwayIsToldAndTheMasterLeadsOn() {
    storage.strike(
        () -> {
          throw new UnavailableException("no route to the disk");
        });
    Response away = master.put("/agents/a", AGENT);
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.headers().get("Retry-After")).containsExactly("1");
    assertThat(away.error()).contains("no route to the disk").contains("nothing was changed");
    storage.strike(FaultyProvider.NONE);
    assertThat(master.put("/agents/a", AGENT).status()).isEqualTo(201);
    assertThat(master.get("/metrics/snapshot").json().get("registrar/failures/unreachable").asInt())
        .isEqualTo(1);
  }

  @Test
  void anOutcomeThatIsUnknownIsToldAndTheMasterEnds() throws Exception {
    storage.strike(
        () -> {
          throw new CommitUnknownException("the answer was lost");
        });
    Response unknown = master.put("/agents/a", AGENT);
    assertThat(unknown.status()).isEqualTo(500);
    assertThat(unknown.error()).contains("not known").contains("read what holds");
    Ending end = master.ended().get(10, TimeUnit.SECONDS);
    assertThat(end.code()).isEqualTo(ExitCode.OUTCOME_UNKNOWN);
    assertThat(master.get("/health/ready").status()).isEqualTo(503);
    assertThat(master.put("/agents/b", AGENT).status()).isEqualTo(503);
  }

  @Test
  void aMasterThatIsFencedEndsWithItsOwnExitCode() throws Exception {
    storage.strike(
        () -> {
          throw new FencedException("epoch 9 leads");
        });
    Response fenced = master.put("/agents/a", AGENT);
    assertThat(fenced.status()).isEqualTo(503);
    assertThat(fenced.error()).contains("nothing was changed").contains("leads now");
    Ending end = master.ended().get(10, TimeUnit.SECONDS);
    assertThat(end.code()).isEqualTo(ExitCode.LOST_LEADERSHIP);
  }

  @Test
  void aRecordOverTheStoragesLimitIsRefusedNamingIt() {
    String wide = AGENT.replace("\"r1\"", '"' + "x".repeat(300_000) + '"');
    Response refused = master.put("/agents/wide", wide);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.error()).contains("262144").contains("agent/wide");
    assertThat(master.put("/agents/narrow", AGENT).status()).isEqualTo(201);
  }

  @Test
  void aChangeOverTheStoragesLimitIsRefusedAsAWholeNamingIt() {
    String machines =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "{\"hostname\":\"m" + i + "\"}")
            .collect(Collectors.joining(","));
    String schedule =
        "{\"windows\":[{\"machines\":["
            + machines
            + "],\"unavailability\":{\"start\":\"2030-01-01T00:00:00Z\"}}]}";
    long before = master.get("/health/ready").json().get("version").asLong();
    Response refused = master.put("/maintenance/schedule", schedule);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.error()).contains("maxBatch");
    assertThat(master.get("/maintenance/schedule").json().get("schedules")).isEmpty();
    assertThat(master.get("/health/ready").json().get("version").asLong()).isEqualTo(before);
  }

  @Test
  void aFullQueueIsToldAndWhatWaitsIsAnsweredOnceItIsDurable() throws Exception {
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    storage.strike(
        () -> {
          committing.countDown();
          await(go);
        });
    CompletableFuture<Response> first = master.sendAsync("/agents/a", "PUT", AGENT);
    await(committing);
    CompletableFuture<Response> second = master.sendAsync("/agents/b", "PUT", AGENT);
    CompletableFuture<Response> third = master.sendAsync("/agents/c", "PUT", AGENT);
    Response refused = (Response) CompletableFuture.anyOf(second, third).get(10, TimeUnit.SECONDS);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers().get("Retry-After")).containsExactly("1");
    assertThat(refused.error()).contains("full").contains("nothing was changed");
    assertThat(first).isNotDone();
    go.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(201);
    assertThat(List.of(second.join().status(), third.join().status()))
        .containsExactlyInAnyOrder(201, 503);
  }

  @Test
  void whatIsInFlightIsAnsweredWhenTheMasterIsToldToStop() throws Exception {
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    storage.strike(
        () -> {
          committing.countDown();
          await(go);
        });
    CompletableFuture<Response> inFlight = master.sendAsync("/agents/a", "PUT", AGENT);
    await(committing);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(master::close);
    assertThat(inFlight).isNotDone();
    go.countDown();
    assertThat(inFlight.get(10, TimeUnit.SECONDS).status()).isEqualTo(201);
    stopped.get(30, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
