package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.operation.AdmitAgent;
import io.registrar.operation.AdmitFramework;
import io.registrar.operation.MarkAgentGone;
import io.registrar.operation.MarkAgentUnreachable;
import io.registrar.operation.UpdateMaintenanceSchedule;
import io.registrar.operation.UpdateQuota;
import io.registrar.operation.UpdateWeights;
import io.registrar.record.AgentInfo;
import io.registrar.record.Framework;
import io.registrar.record.MachineId;
import io.registrar.record.MaintenanceSchedule;
import io.registrar.record.MaintenanceWindow;
import io.registrar.record.MasterInfo;
import io.registrar.record.Quota;
import io.registrar.record.Unavailability;
import io.registrar.record.Weight;
import io.registrar.spi.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The views show what a registrar wrote, and the queries of docs/jdbc.md run as they stand there.
 */
class ViewsTest {
  private static final Path PAGE = Path.of("..", "docs", "jdbc.md");
  private static final Pattern QUERY = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);
  private static final List<String> VIEWS =
      List.of("agent", "framework", "machine", "quota", "weight", "history", "master");

  @Test
  void theQueriesOfThePageAnswer() throws Exception {
    TestDatabase database = filled();
    List<List<String>> answers = new ArrayList<>();
    Matcher query = QUERY.matcher(Files.readString(PAGE));
    while (query.find()) {
      answers.add(database.sql(query.group(1)));
    }
    assertThat(answers).hasSize(10).doesNotContain(List.of());
    assertThat(answers.get(0)).containsExactly("GONE|1", "REGISTERED|1", "UNREACHABLE|1");
    assertThat(answers.get(1).get(0)).startsWith("a2|host2|2026-11-01 00:00:00");
    assertThat(answers.get(2)).containsExactly("cpus|4.0", "mem|1024.5");
    assertThat(answers.get(3)).hasSize(3).allMatch(line -> line.contains("|operator|agent "));
    assertThat(answers.get(5).get(0)).startsWith("host1|DRAINING|").endsWith("|a1");
    assertThat(answers.get(6)).containsExactly("web|{}|{\"cpus\": 10.0}|2.5");
    assertThat(answers.get(7)).containsExactly("web|1|[\"front\"]");
    assertThat(answers.get(8).get(0)).endsWith("|http://m1:5050|1");
    assertThat(answers.get(9)).anyMatch(line -> line.startsWith("agent|3|"));
  }

  @Test
  void oddRecordsShowAsNullsAndFailNothing() throws Exception {
    TestDatabase database = filled();
    String[] odd = {
      "''",
      "'\\xff00'",
      "convert_to('{\"hostname\": \"\\u0000\"}', 'UTF8')",
      "convert_to('[1, 2]', 'UTF8')",
      "convert_to('{\"port\": \"x\", \"since\": \"never\", \"roles\": 5, \"resources\": []}', 'UTF8')",
      "convert_to('{\"port\": 1e99999, \"id\": 3, \"at\": {}, \"drain\": 1}', 'UTF8')",
      "convert_to(repeat('[', 100000), 'UTF8')"
    };
    for (int i = 0; i < odd.length; i++) {
      database.sql(
          "insert into registrar_record select 'registry', kind, 'odd''%%%d', %s from unnest(%s) kind"
              .formatted(i, odd[i], "'{agent,framework,machine,quota,weight,audit}'::text[]"));
    }
    for (String view : VIEWS) {
      List<String> rows = database.sql("select t.*, t::text from registrar_" + view + " t");
      assertThat(rows).as(view).hasSizeGreaterThanOrEqualTo(view.equals("master") ? 1 : 8);
    }
    Matcher query = QUERY.matcher(Files.readString(PAGE));
    while (query.find()) {
      assertThat(database.sql(query.group(1))).isNotEmpty();
    }
    assertThat(database.sql("select state, port from registrar_agent where id = 'odd''%1'"))
        .containsExactly("null|null");
    assertThat(
            database.sql(
                "select value from registrar_record_text where kind = 'agent' and id = 'odd''%3'"))
        .containsExactly("[1, 2]");
  }

  private static TestDatabase filled() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    MasterInfo master = new MasterInfo("m1", "m1", "http://m1:5050", "");
    try (Storage storage = database.open();
        Registrar registrar =
            Registrar.recover(storage, RegistrarOptions.leading(master).build())) {
      Instant since = Instant.parse("2026-11-01T00:00:00Z");
      for (int i = 1; i <= 3; i++) {
        apply(registrar, new AdmitAgent("a" + i, info("Host" + i)));
      }
      apply(registrar, new MarkAgentUnreachable("a2", since));
      apply(registrar, new MarkAgentUnreachable("a1", since));
      apply(registrar, new io.registrar.operation.MarkAgentReachable("a1", info("Host1")));
      apply(registrar, new MarkAgentGone("a3", since));
      apply(registrar, new io.registrar.operation.DeactivateAgent("a1"));
      apply(registrar, new UpdateQuota(List.of(new Quota("web", Map.of(), Map.of("cpus", 10.0)))));
      apply(registrar, new UpdateWeights(List.of(new Weight("web", 2.5))));
      apply(
          registrar,
          new AdmitFramework(
              new Framework(
                  "f1",
                  "front",
                  "nobody",
                  List.of("web"),
                  List.of(),
                  Optional.of(Duration.ofHours(1)),
                  Map.of())));
      apply(
          registrar,
          new UpdateMaintenanceSchedule(
              new MaintenanceSchedule(
                  MaintenanceSchedule.DEFAULT_NAME,
                  List.of(
                      new MaintenanceWindow(
                          List.of(MachineId.named("host1")),
                          new Unavailability(since, Optional.of(Duration.ofHours(2))))))));
    }
    return database;
  }

  private static AgentInfo info(String hostname) {
    return new AgentInfo(
        hostname.toLowerCase(java.util.Locale.ROOT),
        5051,
        Map.of(),
        Map.of("cpus", 4.0, "mem", 1024.5));
  }

  private static <R> void apply(Registrar registrar, Operation<R> operation) throws Exception {
    Outcome<R> outcome =
        registrar.apply(operation, new Principal("operator")).get(20, TimeUnit.SECONDS);
    assertThat(outcome).as("" + operation).isInstanceOf(Outcome.Applied.class);
  }
}
