package io.registrar.example.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefreshedTest {
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void whatIsYoungEnoughIsNotReadAgain() throws Exception {
    Refreshed<Integer> young = new Refreshed<>(reads::incrementAndGet, Duration.ofHours(1));
    assertThat(young.latest()).isNull();
    assertThat(young.get().value()).isEqualTo(1);
    assertThat(young.get().value()).isEqualTo(1);
    Refreshed<Integer> old = new Refreshed<>(reads::incrementAndGet, Duration.ZERO);
    assertThat(old.get().value()).isEqualTo(2);
    assertThat(old.get().value()).isEqualTo(3);
  }

  @Test
  void whileOneReadsTheOthersGetTheLastReading() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Refreshed<Integer> slow =
        new Refreshed<>(
            () -> {
              int read = reads.incrementAndGet();
              if (read == 2) {
                reading.countDown();
                await(answered);
              }
              return read;
            },
            Duration.ZERO);
    assertThat(slow.get().value()).isEqualTo(1);
    CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> value(slow));
    await(reading);
    assertThat(slow.get().value()).isEqualTo(1);
    assertThat(second).isNotDone();
    answered.countDown();
    assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void aReadingThatFailsSaysWhyAndTheLastOneStays() throws Exception {
    Refreshed<Integer> failing =
        new Refreshed<>(
            () -> {
              if (reads.incrementAndGet() > 1) {
                throw new UnavailableException("it is away");
              }
              return 1;
            },
            Duration.ZERO);
    assertThat(failing.get().value()).isEqualTo(1);
    assertThatThrownBy(failing::get)
        .isInstanceOf(NotKnownException.class)
        .hasMessageContaining("it is away");
    assertThat(failing.latest()).isNotNull();
  }

  private static int value(Refreshed<Integer> refreshed) {
    try {
      return refreshed.get().value();
    } catch (NotKnownException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
