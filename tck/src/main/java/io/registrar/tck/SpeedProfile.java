package io.registrar.tck;

import io.registrar.Principal;
import io.registrar.RecoveryException;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.operation.AdmitAgent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.spi.Batch;
import io.registrar.spi.Floor;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rough speeds, so that storages can be compared: what a registrar on top of this one acknowledges
 * with 1, 64 and 1,000 callers who each wait for their answer, and what it takes to acquire and
 * read 100,000 records.
 */
final class SpeedProfile {
  private static final Duration LOAD = Duration.ofSeconds(2);
  private static final int RECORDS = 100_000;
  private static final int A_BATCH = 2_000;

  private final Storage storage;
  private final Map<String, String> speeds = new LinkedHashMap<>();

  /** Where a report gets its speeds from. */
  @FunctionalInterface
  interface Source {
    Map<String, String> measure() throws Exception;
  }

  private SpeedProfile(Storage storage) {
    this.storage = storage;
  }

  /** Measures on two fresh registries, for some ten seconds. */
  static Map<String, String> of(StorageTarget callers, StorageTarget records)
      throws StorageException {
    Map<String, String> all = new LinkedHashMap<>();
    try (Storage storage = callers.open()) {
      SpeedProfile profile = new SpeedProfile(storage);
      for (int count : new int[] {1, 64, 1_000}) {
        profile.callers(count);
      }
      all.putAll(profile.speeds);
    }
    try (Storage storage = records.open()) {
      SpeedProfile profile = new SpeedProfile(storage);
      profile.recovery();
      all.putAll(profile.speeds);
    }
    return all;
  }

  private void callers(int count) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger acknowledged = new AtomicInteger();
    RegistrarOptions options =
        RegistrarOptions.leading(new MasterInfo("tck", "localhost", "", "profile")).build();
    try (Registrar registrar = Registrar.recover(storage, options);
        Workers workers = new Workers()) {
      long began = System.nanoTime();
      Deadline end = Deadline.after(LOAD);
      List<Future<Void>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        calls.add(
            workers.start(
                () -> {
                  while (!end.hasPassed()) {
                    String id = "agent-" + count + "-" + next.incrementAndGet();
                    AgentInfo info = new AgentInfo("host", 5051, Map.of(), Map.of("cpus", 8.0));
                    registrar
                        .apply(new AdmitAgent(id, info), Principal.MASTER)
                        .get(20, TimeUnit.SECONDS);
                    acknowledged.incrementAndGet();
                  }
                  return null;
                }));
      }
      for (Future<Void> call : calls) {
        Workers.result(call);
      }
      long millis = Math.max(1, (System.nanoTime() - began) / 1_000_000);
      speeds.put(
          count + (count == 1 ? " caller" : " callers"),
          String.format(
              Locale.ROOT, "%,d operations a second", acknowledged.get() * 1_000L / millis));
    } catch (RecoveryException e) {
      throw new AssertionError("the registry cannot be led", e);
    } catch (Exception e) {
      speeds.put(count + " callers", "not measured: " + e);
    }
  }

  private void recovery() throws StorageException {
    StorageSession session = RegistryUnderTest.lead(storage);
    for (int first = 0; first < RECORDS; first += A_BATCH) {
      Batch.Builder batch = Batch.of(Samples.HEADER);
      for (int i = first; i < first + A_BATCH; i++) {
        batch.put(Samples.key("record-" + i), Samples.bytes(100, i));
      }
      RegistryUnderTest.commit(session, batch.build());
    }
    long began = System.nanoTime();
    StorageSession next = storage.acquire("tck", Floor.NONE, RegistryUnderTest.timeout());
    int records = RegistryState.drain(next.snapshot()).records().size();
    speeds.put(
        "acquire and read " + records + " records",
        (System.nanoTime() - began) / 1_000_000 + " ms");
  }
}
