package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrometheusTest {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(\\{[a-z_]+=\"[a-z_]+\"})? ([-+.0-9E]+)");

  private static RunningMaster master;

  @BeforeAll
  static void start() throws Exception {
    master = RunningMaster.inMemory();
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  @Test
  void everySampleHasAHelpAndATypeAndANameAsIsTheCustom() {
    HttpResponse<String> response = master.text("/metrics");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    Map<String, String> types = new HashMap<>();
    for (String line : response.body().lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ");
        types.put(words[2], words[3]);
        assertThat(response.body()).contains("# HELP " + words[2] + " ");
        assertThat(words[2].endsWith("_total")).isEqualTo(words[3].equals("counter"));
      } else if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(types).containsKey(sample.group(1).replaceFirst("_(count|sum)$", ""));
      }
    }
    assertThat(types).containsEntry("registrar_state_store_seconds", "summary");
    assertThat(types.keySet())
        .containsAll(
            List.of(
                "registrar_operations_total",
                "registrar_written_bytes_total",
                "registrar_failures_total",
                "registrar_registry_size_bytes",
                "registrar_queued_operations",
                "failover_missing"));
  }

  @Test
  void theNumbersAreThoseOfTheSnapshot() {
    master.put("/agents/counted", AGENT);
    String text = master.text("/metrics").body();
    int operations = master.get("/metrics/snapshot").json().get("registrar/operations").asInt();
    assertThat(operations).isPositive();
    assertThat(text)
        .contains("\nregistrar_operations_total " + operations + ".0\n")
        .contains("\nregistrar_state_store_seconds_count " + operations + "\n")
        .contains("\nregistrar_agents 1.0\n");
  }
}
