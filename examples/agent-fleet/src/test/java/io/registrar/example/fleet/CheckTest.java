package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.registrar.example.fleet.Status.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CheckTest {
  private static final Status FIRST = new Status(Presence.REGISTERED, 0);

  private final Population population = new Population(1);
  private final Ledger ledger = new Ledger();
  private final ObjectNode registry = new ObjectMapper().createObjectNode();
  private final ArrayNode agents;

  CheckTest() {
    registry.put("version", 9).put("digest", "00");
    ObjectNode records = registry.putObject("records");
    agents = records.putArray("agent");
    records.putArray("audit").addObject().put("id", population.id(99));
  }

  @Test
  void aRegistryAsAcknowledgedIsClean() throws IOException {
    acknowledge(1, FIRST);
    record(1, 0, "REGISTERED").put("deactivated", false);
    acknowledge(2, new Status(Presence.UNREACHABLE, 0));
    record(2, 0, "UNREACHABLE").put("since", "2026-01-01T00:00:00Z");
    acknowledge(3, new Status(Presence.ABSENT, 4));
    agents.addObject().put("id", "of-somebody-else");
    Findings findings = check();
    assertThat(findings.problems()).isEmpty();
    assertThat(findings.isClean()).isTrue();
    assertThat(findings.others).isEqualTo(1);
    assertThat(findings.toString()).contains("3 as acknowledged", "version 9");
  }

  @Test
  void anAcknowledgedAgentThatIsMissingIsLost() throws IOException {
    acknowledge(1, FIRST);
    assertThat(check().problems()).singleElement().asString().startsWith("lost: fleet-1-S1 ");
  }

  @Test
  void anAgentThatNeverAskedIsForged() throws IOException {
    record(1, 0, "REGISTERED");
    assertThat(check().problems()).singleElement().asString().startsWith("forged: fleet-1-S1 ");
  }

  @Test
  void anAgentThatCameTwiceIsForged() throws IOException {
    acknowledge(1, FIRST);
    record(1, 0, "REGISTERED");
    record(1, 0, "REGISTERED");
    assertThat(check().problems()).singleElement().asString().contains("twice");
  }

  @Test
  void anAgentThatHadLeftAndIsThereIsReported() throws IOException {
    acknowledge(1, new Status(Presence.ABSENT, 0));
    record(1, 0, "REGISTERED");
    assertThat(check().problems()).singleElement().asString().startsWith("changed: fleet-1-S1 ");
  }

  @Test
  void anOlderDescriptionIsReported() throws IOException {
    acknowledge(1, new Status(Presence.REGISTERED, 1));
    record(1, 0, "REGISTERED");
    assertThat(check().problems()).singleElement().asString().startsWith("changed: fleet-1-S1 ");
  }

  @Test
  void oneChangedAttributeIsReported() throws IOException {
    acknowledge(1, FIRST);
    ((ObjectNode) record(1, 0, "REGISTERED").get("attributes")).put("os", "debian-13");
    assertThat(check().isClean()).isFalse();
  }

  @Test
  void anotherStateIsReported() throws IOException {
    acknowledge(1, FIRST);
    record(1, 0, "GONE").put("since", "2026-01-01T00:00:00Z");
    assertThat(check().isClean()).isFalse();
  }

  @Test
  void withoutAnAnswerEitherIsAccepted() throws IOException {
    ledger.account(1).sent(FIRST);
    assertThat(check().isClean()).isTrue();
    record(1, 0, "REGISTERED");
    assertThat(check().isClean()).isTrue();
    assertThat(check().toString()).contains("1 of unknown outcome");
  }

  @Test
  void aRegistryThatEndsEarlyIsRefused() {
    byte[] cut = "{\"version\":1,\"records\":{\"agent\":[".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Check.of(cut, population, ledger)).isInstanceOf(IOException.class);
  }

  private void acknowledge(int agent, Status status) {
    ledger.account(agent).sent(status);
    ledger.account(agent).acknowledged();
  }

  private ObjectNode record(int agent, int generation, String state) {
    ObjectNode record = population.description(agent, generation).deepCopy();
    record.put("id", population.id(agent)).put("state", state);
    agents.add(record);
    return record;
  }

  private Findings check() throws IOException {
    return Check.of(registry.toString().getBytes(StandardCharsets.UTF_8), population, ledger);
  }
}
