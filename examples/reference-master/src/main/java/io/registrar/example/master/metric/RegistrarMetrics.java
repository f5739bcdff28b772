package io.registrar.example.master.metric;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.registrar.RegistrarObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a registrar does. The names of the ancestor ({@code state_fetch_ms}, {@code
 * state_store_ms} and its statistics) mean what they meant there; beside them are what it lacked.
 * Thread-safe.
 */
@Singleton
public final class RegistrarMetrics implements RegistrarObserver, MeterBinder {
  private static final double NANOS_A_MILLI = 1e6;

  private final Distribution stores = new Distribution(NANOS_A_MILLI);
  private final Distribution batches = new Distribution(1);
  private final RecentRate rate = new RecentRate();
  private final LongAdder operations = new LongAdder();
  private final LongAdder unchanged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<Failure, LongAdder> failures = new ConcurrentHashMap<>();
  private volatile Duration fetch = Duration.ZERO;

  @Inject
  RegistrarMetrics() {
    for (Failure failure : Failure.values()) {
      failures.put(failure, new LongAdder());
    }
  }

  @Override
  public void recovered(Duration took, long records, long bytes) {
    fetch = took;
  }

  @Override
  public void answered(BatchReport report) {
    operations.add(report.operations());
    unchanged.add(report.unchanged());
    refused.add(report.refused());
    records.add(report.records());
    bytes.add(report.bytes());
    rate.add(report.operations());
    report
        .store()
        .ifPresent(
            took -> {
              stores.record(took.toNanos());
              batches.record(report.operations());
            });
  }

  @Override
  public void failed(Failure failure, int operations) {
    failures.computeIfAbsent(failure, kind -> new LongAdder()).add(operations);
  }

  /** Puts every metric under {@code registrar/}. */
  public void writeTo(Map<String, Number> metrics) {
    metrics.put("registrar/state_fetch_ms", fetch.toNanos() / NANOS_A_MILLI);
    stores.writeTo("registrar/state_store_ms", metrics);
    batches.writeTo("registrar/batch_size", metrics);
    metrics.put("registrar/operations", operations.sum());
    metrics.put("registrar/operations/unchanged", unchanged.sum());
    metrics.put("registrar/operations/refused", refused.sum());
    metrics.put("registrar/operations_per_second", rate.perSecond());
    metrics.put("registrar/records_written", records.sum());
    metrics.put("registrar/bytes_written", bytes.sum());
    failures.forEach(
        (failure, count) ->
            metrics.put(
                "registrar/failures/" + failure.name().toLowerCase(Locale.ROOT), count.sum()));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    TimeGauge.builder(
            "registrar.state.fetch", this, TimeUnit.NANOSECONDS, own -> own.fetch.toNanos())
        .description("How long the recovery took to read the registry.")
        .register(registry);
    FunctionTimer.builder(
            "registrar.state.store",
            stores,
            Distribution::count,
            Distribution::total,
            TimeUnit.NANOSECONDS)
        .description("How long commits took.")
        .register(registry);
    count(registry, "registrar.operations", "Operations that were answered.", operations);
    count(
        registry, "registrar.operations.unchanged", "Operations that changed nothing.", unchanged);
    count(registry, "registrar.operations.refused", "Operations that were refused.", refused);
    count(registry, "registrar.records.written", "Records put or deleted.", records);
    count(registry, "registrar.written.bytes", "Bytes of the batches that were written.", bytes);
    failures.forEach(
        (failure, times) ->
            FunctionCounter.builder("registrar.failures", times, LongAdder::sum)
                .description("Operations that failed, or were not accepted.")
                .tag("kind", failure.name().toLowerCase(Locale.ROOT))
                .register(registry));
  }

  private static void count(MeterRegistry registry, String name, String help, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum).description(help).register(registry);
  }
}
