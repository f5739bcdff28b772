package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.registrar.example.master.RunningMaster.Response;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadEndpointsTest {
  private static RunningMaster master;

  @BeforeAll
  static void start() throws Exception {
    master = RunningMaster.inMemory();
    for (int i = 0; i < 9; i++) {
      master.put("/agents/a" + i, AGENT);
    }
    master.post("/agents/a2/unreachable");
    master.post("/agents/a5/unreachable");
    master.post("/agents/a7/gone");
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  @Test
  void pagesFollowEachOtherToTheEnd() {
    List<String> seen = new ArrayList<>();
    Response page = master.get("/agents?limit=4");
    seen.addAll(ids(page));
    assertThat(seen).hasSize(4);
    while (page.json().has("next")) {
      page = master.get("/agents?limit=4&after=" + page.json().get("next").asText());
      seen.addAll(ids(page));
    }
    assertThat(seen)
        .containsExactlyElementsOf(IntStream.range(0, 9).mapToObj(i -> "a" + i).toList());
  }

  @Test
  void aPageThatEndsWithTheLastAgentHasNoNext() {
    assertThat(master.get("/agents?limit=9").json().has("next")).isFalse();
    assertThat(master.get("/agents?limit=8").json().get("next").asText()).isEqualTo("a7");
    assertThat(ids(master.get("/agents?after=a8"))).isEmpty();
    assertThat(ids(master.get("/agents?after=a55&limit=2"))).containsExactly("a6", "a7");
  }

  @Test
  void aStateChoosesAndPagesTheSameWay() {
    assertThat(ids(master.get("/agents?state=unreachable"))).containsExactly("a2", "a5");
    assertThat(ids(master.get("/agents?state=GONE"))).containsExactly("a7");
    Response first = master.get("/agents?state=unreachable&limit=1");
    assertThat(first.json().get("next").asText()).isEqualTo("a2");
    Response second = master.get("/agents?state=unreachable&limit=1&after=a2");
    assertThat(ids(second)).containsExactly("a5");
    assertThat(second.json().has("next")).isFalse();
  }

  @Test
  void aParameterThatIsNotUnderstoodIsRefused() {
    assertThat(master.get("/agents?state=alive").error()).contains("state").contains("alive");
    assertThat(master.get("/agents?limit=0").error()).contains("limit").contains("'0'");
    assertThat(master.get("/agents?limit=ten").status()).isEqualTo(400);
    assertThat(master.get("/agents?limit=10001").status()).isEqualTo(400);
    assertThat(master.get("/agents?stat=gone").error()).contains("'stat'").contains("state");
    assertThat(master.get("/registry?x=1").status()).isEqualTo(400);
  }

  @Test
  void theRegistryComesWholeAtOneVersion() {
    JsonNode registry = master.get("/registry").json();
    assertThat(registry.get("version").asLong()).isPositive();
    assertThat(registry.get("epoch").asLong()).isEqualTo(1);
    assertThat(registry.get("digest").asText()).matches("[0-9a-f]{32}");
    assertThat(registry.at("/records/agent")).hasSize(9);
    assertThat(registry.at("/records/audit")).hasSize(3);
    assertThat(registry.at("/records/master/0/address").asText())
        .isEqualTo(master.address().toString());
    assertThat(registry.get("count").asInt()).isEqualTo(13);
    assertThat(List.copyOf(names(registry))).startsWith("version", "epoch", "digest");
  }

  @Test
  void theSummaryCountsByState() {
    JsonNode summary = master.get("/state-summary").json();
    assertThat(summary.at("/agents/registered").asInt()).isEqualTo(6);
    assertThat(summary.at("/agents/unreachable").asInt()).isEqualTo(2);
    assertThat(summary.at("/agents/gone").asInt()).isEqualTo(1);
    assertThat(summary.at("/machines/down").asInt(-1)).isZero();
    assertThat(summary.get("records").asInt()).isEqualTo(13);
    assertThat(summary.get("version").asLong())
        .isEqualTo(master.get("/health/ready").json().get("version").asLong());
  }

  @Test
  void theLatestOfTheHistoryComesAlone() {
    JsonNode latest = master.get("/history?latest=2").json().get("entries");
    assertThat(latest).hasSize(2);
    assertThat(latest.at("/1/action").asText()).isEqualTo("agent gone");
    assertThat(master.get("/history?latest=99").json().get("entries")).hasSize(3);
    assertThat(master.get("/history?latest=0").status()).isEqualTo(400);
  }

  @Test
  void thePageNeedsNothingFromElsewhere() {
    HttpResponse<String> page = master.text("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(page.body()).contains("state-summary").doesNotContain("://", "src=", "@import");
  }

  @Test
  void itIsAliveAndReady() {
    assertThat(master.get("/health/live").json().get("status").asText()).isEqualTo("live");
    assertThat(master.get("/health/ready").json().get("epoch").asLong()).isEqualTo(1);
  }

  @Test
  void theMetricsHaveTheAncestorsNamesAndThoseItLacked() {
    JsonNode metrics = master.get("/metrics/snapshot").json();
    assertThat(names(metrics))
        .contains(
            "registrar/queued_operations",
            "registrar/registry_size_bytes",
            "registrar/state_fetch_ms",
            "registrar/state_store_ms")
        .contains(
            "registrar/state_store_ms/count",
            "registrar/state_store_ms/max",
            "registrar/state_store_ms/min",
            "registrar/state_store_ms/p50",
            "registrar/state_store_ms/p90",
            "registrar/state_store_ms/p95",
            "registrar/state_store_ms/p99",
            "registrar/state_store_ms/p999",
            "registrar/state_store_ms/p9999")
        .contains(
            "registrar/batch_size/p99",
            "registrar/operations_per_second",
            "registrar/bytes_written",
            "registrar/failures/outcome_unknown");
    assertThat(metrics.get("registrar/agents").asInt()).isEqualTo(9);
    assertThat(metrics.get("registrar/state_store_ms/count").asInt()).isEqualTo(12);
    assertThat(metrics.get("registrar/operations").asInt()).isEqualTo(12);
    assertThat(metrics.get("registrar/bytes_written").asInt()).isGreaterThan(1_000);
    assertThat(metrics.get("registrar/registry_size_bytes").asInt()).isGreaterThan(1_000);
    metrics.forEach(value -> assertThat(value.isNumber()).isTrue());
  }

  private static List<String> ids(Response page) {
    List<String> ids = new ArrayList<>();
    page.json().get("agents").forEach(agent -> ids.add(agent.get("id").asText()));
    return ids;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
