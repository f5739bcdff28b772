package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Deadline SOON = Deadline.after(Duration.ofMillis(1));

  @Test
  void whatHasNotEndedInTimeIsEnded() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Watchdog watchdog = new Watchdog("test");
        Watchdog.Guard guard = watchdog.after(SOON, ended::countDown)) {
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aCallThatBeginsBesideTheCloseIsRefusedAsOneThatTheServerRefuses() {
    Watchdog watchdog = new Watchdog("test");
    watchdog.close();
    assertThatThrownBy(() -> watchdog.after(SOON, () -> {}))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("closed");
  }
}
