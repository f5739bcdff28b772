package io.registrar.example.fleet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.registrar.example.fleet.Status.Presence;
import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Compares a master's records with a fleet's ledger: what was acknowledged must be there, whole and
 * unchanged; what was never asked for must not.
 */
final class Check {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Population population;
  private final Ledger ledger;
  private final Findings findings = new Findings();
  private final Set<Integer> seen = new HashSet<>();

  private Check(Population population, Ledger ledger) {
    this.population = population;
    this.ledger = ledger;
  }

  /**
   * Compares.
   *
   * @param registry the master's whole registry as JSON
   * @throws IOException if it cannot be read, or is not whole
   */
  static Findings of(byte[] registry, Population population, Ledger ledger) throws IOException {
    Check check = new Check(population, ledger);
    try (JsonParser json = JSON.getFactory().createParser(registry)) {
      check.readTop(json);
    }
    ledger.forEach(check::requirePresent);
    return check.findings;
  }

  private void readTop(JsonParser json) throws IOException {
    expect(json.nextToken() == JsonToken.START_OBJECT, "no JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("records")) {
        readKinds(json);
      } else {
        findings.about(field, json.getText());
      }
    }
    expect(json.currentToken() == JsonToken.END_OBJECT, "an object that does not end");
  }

  private void readKinds(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean agents = json.currentName().equals("agent");
      json.nextToken();
      if (!agents) {
        json.skipChildren();
        continue;
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        compare(JSON.readTree(json));
      }
    }
  }

  private void compare(JsonNode record) {
    String id = record.path("id").asText();
    OptionalInt number = population.number(id);
    if (!population.claims(id)) {
      findings.others++;
    } else if (number.isEmpty() || !ledger.knows(number.getAsInt())) {
      findings.problem("forged: " + id + " is in the registry, and never asked to be");
    } else if (!seen.add(number.getAsInt())) {
      findings.problem("forged: " + id + " is in the registry twice");
    } else {
      compare(number.getAsInt(), record);
    }
  }

  private void compare(int agent, JsonNode record) {
    Ledger.Account account = ledger.account(agent);
    if (account.possible().stream().anyMatch(status -> matches(agent, status, record))) {
      findings.agreed(account.isCertain());
    } else {
      findings.problem(
          "changed: "
              + population.id(agent)
              + " should be "
              + account.possible()
              + ", and is "
              + record);
    }
  }

  private boolean matches(int agent, Status status, JsonNode record) {
    if (!record.path("state").asText().equals(status.presence().name())) {
      return false;
    }
    // Beside what the agent says of itself there may be what the master keeps for its own use.
    JsonNode said = population.description(agent, status.generation());
    return record.has("since") == (status.presence() == Presence.UNREACHABLE)
        && said.properties().stream()
            .allMatch(field -> field.getValue().equals(record.get(field.getKey())));
  }

  private void requirePresent(int agent, Ledger.Account account) {
    if (seen.contains(agent)) {
      return;
    }
    boolean mayBeAbsent =
        account.possible().stream().anyMatch(status -> status.presence() == Presence.ABSENT);
    if (mayBeAbsent) {
      findings.agreed(account.isCertain());
    } else {
      findings.problem(
          "lost: "
              + population.id(agent)
              + " was acknowledged as "
              + account.possible()
              + ", and is not in the registry");
    }
  }

  private static void expect(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException("the master's registry is " + otherwise);
    }
  }
}
