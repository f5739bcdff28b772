package io.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubmissionQueueTest {
  private static final long AN_HOUR = Duration.ofHours(1).toNanos();

  private final SubmissionQueue queue = new SubmissionQueue(3);

  @Test
  void isBoundedByWhatWaits() {
    assertThat(offer()).isTrue();
    assertThat(offer()).isTrue();
    assertThat(offer()).isTrue();
    assertThat(offer()).isFalse();
    assertThat(queue.drain()).hasSize(3);
    assertThat(offer()).isTrue();
  }

  @Test
  void companyIsWaitedForUntilItIsThere() throws Exception {
    offer();
    Thread writer = new Thread(() -> queue.awaitAtLeast(2, AN_HOUR));
    writer.start();
    assertThat(writer.isAlive()).as("one is not two").isTrue();
    offer();
    writer.join();
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void companyIsNotWaitedForLongerThanSaid() {
    offer();
    long start = System.nanoTime();
    queue.awaitAtLeast(2, TimeUnit.MILLISECONDS.toNanos(2));
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void companyIsNotWaitedForOnceItIsClosed() {
    offer();
    queue.close();
    queue.awaitAtLeast(2, AN_HOUR);
    assertThat(queue.await()).as("what waits is still to be taken").isTrue();
    queue.drain();
    assertThat(queue.await()).isFalse();
  }

  private boolean offer() {
    return queue.offer(new Submission.OfConfirmation());
  }
}
