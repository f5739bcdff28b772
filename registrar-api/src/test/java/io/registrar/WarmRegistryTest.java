package io.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.operation.AdmitAgent;
import io.registrar.operation.RemoveAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.record.Registry;
import io.registrar.spi.Batch;
import io.registrar.spi.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A copy that is kept warm saves reading the registry, and is never believed against it. */
class WarmRegistryTest {
  private static final AgentInfo INFO = new AgentInfo("host-1", 5051, Map.of(), Map.of());
  private static final Principal ALICE = new Principal("alice");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final FollowedStorage storage = new FollowedStorage();
  private WarmRegistry warm;

  @AfterEach
  void close() {
    if (warm != null) {
      warm.close();
    }
    storage.close();
  }

  @Test
  void whatWasFollowedIsNotReadAgain() throws Exception {
    try (Registrar first = Registrar.recover(storage, options("m1"))) {
      first.applyAndWait(new AdmitAgent("a1", INFO), ALICE);
      first.applyAndWait(new AdmitAgent("a2", INFO), ALICE);
      warm = WarmRegistry.follow(storage, options("m2"));
      awaitCopy(copy -> copy.count(Agent.TYPE) == 2);
      first.applyAndWait(new AdmitAgent("a3", INFO), ALICE);
      first.applyAndWait(new RemoveAgent("a1"), ALICE);
    }
    int before = storage.handedOut.get();
    try (Registrar second = Registrar.recover(storage, options("m2"), warm)) {
      assertThat(storage.handedOut.get()).as("records read").isEqualTo(before);
      assertThat(second.registry().all(Agent.TYPE).map(Agent::id)).containsExactly("a2", "a3");
      second.applyAndWait(new AdmitAgent("a4", INFO), ALICE);
    }
    try (Registrar third = Registrar.recover(storage, options("m3"))) {
      assertThat(third.registry().count(Agent.TYPE)).as("its digest was right").isEqualTo(3);
    }
    assertThat(warm.latest()).as("it was closed").isEmpty();
  }

  @Test
  void aCopyThatIsNotTheRegistryIsNotBelieved() throws Exception {
    try (Registrar first = Registrar.recover(storage, options("m1"))) {
      warm = WarmRegistry.follow(storage, options("m2"));
      awaitCopy(copy -> copy.version() > 0);
      storage.distort(WarmRegistryTest::withAnotherHost);
      first.applyAndWait(new AdmitAgent("a1", INFO), ALICE);
      awaitCopy(copy -> copy.count(Agent.TYPE) == 1);
      assertThat(warm.latest().orElseThrow().get(Agent.TYPE, "a1").orElseThrow().hostname())
          .isEqualTo("evil");
    }
    try (Registrar second = Registrar.recover(storage, options("m2"), warm)) {
      assertThat(second.registry().get(Agent.TYPE, "a1")).contains(Agent.registered("a1", INFO));
    }
  }

  @Test
  void whoIsTooFarBehindReadsAnew() throws Exception {
    try (Registrar first = Registrar.recover(storage, options("m1"))) {
      warm = WarmRegistry.follow(storage, options("m2"));
      awaitCopy(copy -> copy.version() > 0);
      int before = storage.reads.get();
      storage.silence();
      first.applyAndWait(new AdmitAgent("a1", INFO), ALICE);
      storage.forget();
      awaitCopy(copy -> copy.count(Agent.TYPE) == 1);
      assertThat(storage.reads.get()).isGreaterThan(before);
    }
  }

  @Test
  void whoWaitsForACopyIsToldThatItMustNotBeLed() throws Exception {
    Registrar.recover(storage, options("m1")).close();
    storage.loseHeaders();
    warm = WarmRegistry.follow(storage, options("m2"));
    assertThat(warm.awaitCopy(PATIENCE)).isFalse();
  }

  @Test
  void whoWaitsForACopyGetsIt() throws Exception {
    Registrar.recover(storage, options("m1")).close();
    warm = WarmRegistry.follow(storage, options("m2"));
    assertThat(warm.awaitCopy(PATIENCE)).isTrue();
    assertThat(warm.latest()).isPresent();
  }

  private void awaitCopy(Predicate<Registry> wished) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (warm.latest().filter(wished).isEmpty()) {
      assertThat(System.nanoTime() - end).as("waited: " + warm.latest()).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Batch withAnotherHost(Batch batch) {
    Batch.Builder told = Batch.of(batch.header());
    batch.puts().forEach(put -> told.put(put.key(), evil(put.key(), put.value())));
    batch.deletes().forEach(told::delete);
    return told.build();
  }

  private static byte[] evil(RecordKey key, byte[] value) {
    return key.kind().equals(Agent.TYPE.kind())
        ? new String(value, StandardCharsets.UTF_8)
            .replace("host-1", "evil")
            .getBytes(StandardCharsets.UTF_8)
        : value;
  }

  private static RegistrarOptions options(String id) {
    return RegistrarOptions.leading(new MasterInfo(id, "h", "http://" + id, "1")).build();
  }
}
