package io.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutcomeFutureTest {
  private final OutcomeFuture<String> future = new OutcomeFuture<>(new Patience());

  @Test
  void whoWaitsIsToldWhenItIsSettledAndWhatIsChainedRunsWhenItCompletes() throws Exception {
    List<Thread> ranOn = new ArrayList<>();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(future).thenRun(() -> ranOn.add(Thread.currentThread()));
    future.thenAccept(value -> ranOn.add(Thread.currentThread()));
    future.settle("done");
    assertThat(future.get()).isEqualTo("done");
    assertThat(future.join()).isEqualTo("done");
    assertThat(future.get(1, TimeUnit.SECONDS)).isEqualTo("done");
    assertThat(future).isDone();
    assertThat(ranOn).as("nothing runs where it is settled").isEmpty();
    Thread teller = new Thread(() -> future.complete("done"));
    teller.start();
    teller.join();
    assertThat(ranOn).containsExactly(teller, teller);
    assertThat(all).isDone();
  }

  @Test
  void aFailureReachesWhoWaits() {
    future.completeExceptionally(new IllegalStateException("no"));
    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no");
  }

  @Test
  void whoWaitsIsWokenWithoutBeingSettledFirst() throws Exception {
    Thread teller = new Thread(() -> future.complete("late"));
    CompletableFuture<String> got = CompletableFuture.supplyAsync(future::join);
    teller.start();
    assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo("late");
  }

  @Test
  void aWaitEndsByItsTimeout() {
    assertThatThrownBy(() -> future.get(5, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> future.get(5, TimeUnit.NANOSECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void aWaitEndsByAnInterrupt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aCancelledOneSaysSo() {
    future.cancel(true);
    future.settle("too late");
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
  }
}
