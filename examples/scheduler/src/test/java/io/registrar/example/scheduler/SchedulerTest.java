package io.registrar.example.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Outcome;
import io.registrar.Refusal;
import io.registrar.Registrar;
import io.registrar.failover.FailoverListener;
import io.registrar.failover.FailoverOptions;
import io.registrar.failover.RemovalShare;
import io.registrar.memory.InMemoryStorage;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.AuditEntry;
import io.registrar.record.MasterInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final AgentInfo INFO = new AgentInfo("host", 1, Map.of(), Map.of());
  private static final FailoverOptions SOON =
      new FailoverOptions(
          Duration.ofMillis(200),
          RemovalShare.ALL,
          Optional.empty(),
          Duration.ofDays(1),
          Duration.ofDays(1),
          10);

  private final InMemoryStorage storage = new InMemoryStorage();
  private final CountDownLatch givenUp = new CountDownLatch(1);
  private Registrar registrar;
  private Scheduler scheduler;

  @BeforeEach
  void lead() throws Exception {
    recover(FailoverOptions.DEFAULT);
    applied(scheduler.register("w1", INFO));
  }

  @AfterEach
  void stop() {
    registrar.close();
  }

  @Test
  void jobsAreGivenInTheOrderOfTheirComingEachToOne() throws Exception {
    applied(scheduler.register("w2", INFO));
    Job first = applied(scheduler.submit("make"));
    Job second = applied(scheduler.submit("make test"));
    assertThat(applied(scheduler.next("w1"))).contains(first.givenTo("w1"));
    assertThat(applied(scheduler.next("w2"))).contains(second.givenTo("w2"));
    assertThat(unchanged(scheduler.next("w1"))).isEmpty();
    applied(scheduler.done(first.id(), "w1", "ok"));
    assertThat(scheduler.jobs()).containsExactly(second.givenTo("w2"));
  }

  @Test
  void jobsAndTheirNumbersOutliveAFailover() throws Exception {
    applied(scheduler.submit("make"));
    Job done = applied(scheduler.submit("make test"));
    applied(scheduler.next("w1"));
    applied(scheduler.next("w1"));
    applied(scheduler.done(done.id(), "w1", "failed"));
    List<Job> before = scheduler.jobs();
    stop();
    recover(FailoverOptions.DEFAULT);
    assertThat(scheduler.jobs()).isEqualTo(before).hasSize(1);
    assertThat(applied(scheduler.submit("make install")).id()).isEqualTo("job-000000000003");
    assertThat(registrar.registry().all(AuditEntry.TYPE))
        .anySatisfy(
            entry -> {
              assertThat(entry.subjects()).containsExactly(done.id());
              assertThat(entry.detail()).isEqualTo("w1: failed");
            });
  }

  @Test
  void aJobWhoseWorkerDoesNotComeBackGoesToAnother() throws Exception {
    Job job = applied(scheduler.submit("make"));
    applied(scheduler.next("w1"));
    stop();
    recover(SOON);
    applied(scheduler.register("w2", INFO));
    assertThat(givenUp.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(applied(scheduler.next("w2"))).contains(job.givenTo("w1").givenTo("w2"));
    applied(scheduler.register("w1", INFO));
    assertThat(refused(scheduler.done(job.id(), "w1", "ok"))).isEqualTo(Refusal.Cause.CONFLICT);
    applied(scheduler.done(job.id(), "w2", "ok"));
    assertThat(refused(scheduler.done(job.id(), "w2", "ok"))).isEqualTo(Refusal.Cause.CONFLICT);
  }

  @Test
  void aWorkerThatComesBackInTimeKeepsItsJob() throws Exception {
    applied(scheduler.register("lost", INFO));
    Job job = applied(scheduler.submit("make"));
    applied(scheduler.next("w1"));
    stop();
    recover(SOON);
    unchanged(scheduler.register("w1", INFO));
    assertThat(givenUp.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(unchanged(scheduler.next("w1"))).isEmpty();
    assertThat(scheduler.jobs()).containsExactly(job.givenTo("w1"));
  }

  @Test
  void strangersAndTextThatCannotBeStoredAreRefused() throws Exception {
    assertThat(refused(scheduler.next("stranger"))).isEqualTo(Refusal.Cause.UNKNOWN);
    assertThat(refused(scheduler.submit("a\0b"))).isEqualTo(Refusal.Cause.INVALID);
  }

  @Test
  void theConsoleAnswersInWords() throws Exception {
    Console console = new Console(scheduler);
    assertThat(console.answer("submit make all"))
        .endsWith("Job[id=job-000000000001, command=make all, worker=Optional.empty, attempts=0]");
    assertThat(console.answer("next w1")).startsWith("version ").contains("worker=Optional[w1]");
    assertThat(console.answer("next w9")).isEqualTo("refused: no worker 'w9' is registered");
    assertThat(console.answer("jobs")).contains("make all");
    assertThat(console.answer("done job-000000000001 w1 ok")).startsWith("version ");
    assertThat(console.answer("next w1")).isEqualTo("as it was: Optional.empty");
    assertThat(console.answer("dance")).startsWith("worker NAME | ");
  }

  @Test
  void itIsShortEnoughToBeCopied() throws Exception {
    long lines = 0;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines += Files.readAllLines(file).size();
      }
    }
    assertThat(lines).isBetween(100L, 299L);
  }

  private void recover(FailoverOptions options) throws Exception {
    MasterInfo me = new MasterInfo("m", "", "", "");
    registrar = Registrar.recover(storage, Scheduler.leading(me).build());
    scheduler = new Scheduler(registrar, options, new Counting());
  }

  private static <R> R applied(CompletableFuture<Outcome<R>> coming) throws Exception {
    Outcome<R> outcome = coming.get(10, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    return ((Outcome.Applied<R>) outcome).result();
  }

  private static <R> R unchanged(CompletableFuture<Outcome<R>> coming) throws Exception {
    Outcome<R> outcome = coming.get(10, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Unchanged.class);
    return ((Outcome.Unchanged<R>) outcome).result();
  }

  private static <R> Refusal.Cause refused(CompletableFuture<Outcome<R>> coming) throws Exception {
    Outcome<R> outcome = coming.get(10, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<R>) outcome).cause();
  }

  private final class Counting implements FailoverListener {
    @Override
    public void unreachable(Agent worker) {
      givenUp.countDown();
    }

    @Override
    public void tooManyMissing(int missing, int recovered) {
      throw new AssertionError("all may be missing");
    }

    @Override
    public void pruned(List<String> workers) {
      throw new AssertionError("nobody is old enough");
    }
  }
}
