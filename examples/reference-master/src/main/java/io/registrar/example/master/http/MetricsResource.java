package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.registrar.example.master.metric.MasterGauges;
import io.registrar.example.master.metric.RegistrarMetrics;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All metrics: flat JSON by the ancestor's names at {@code /metrics/snapshot}, and the same numbers
 * for Prometheus at {@code /metrics}.
 */
final class MetricsResource implements Resource {
  // The one form that every Prometheus reads, whatever it says that it accepts.
  private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final RegistrarMetrics registrarMetrics;
  private final MasterGauges gauges;
  private final PrometheusMeterRegistry prometheus =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Inject
  MetricsResource(RegistrarMetrics registrarMetrics, MasterGauges gauges) {
    this.registrarMetrics = registrarMetrics;
    this.gauges = gauges;
    registrarMetrics.bindTo(prometheus);
    gauges.bindTo(prometheus);
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/metrics", this::scrape);
    routes.get("/metrics/snapshot", this::snapshot);
  }

  private void scrape(Context ctx) {
    Query.of(ctx, List.of());
    ctx.contentType(TEXT_TYPE).result(prometheus.scrape());
  }

  private void snapshot(Context ctx) {
    Map<String, Number> metrics = new TreeMap<>();
    registrarMetrics.writeTo(metrics);
    gauges.writeTo(metrics);
    Answers.send(
        ctx,
        200,
        json -> {
          for (Map.Entry<String, Number> metric : metrics.entrySet()) {
            json.writeObjectField(metric.getKey(), metric.getValue());
          }
        });
  }
}
