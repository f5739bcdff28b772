package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.registrar.example.fleet.MasterCluster.Member;
import io.registrar.jdbc.PostgresServer;
import io.registrar.tck.fault.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters whose PostgreSQL dies, or is replaced by a standby of it. */
@Tag("full")
class ServerDeathTest {
  @TempDir private Path directory;
  private PostgresServer server;
  private String database;

  @BeforeEach
  void start() throws Exception {
    server = PostgresServer.startNew();
    database = server.createDatabase();
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  /** What a test does to the server. */
  private interface Fault {
    void strike() throws Exception;
  }

  @Test
  void theFleetLosesNothingWhenTheServerDies() throws Exception {
    try (MasterCluster cluster = cluster(server)) {
      cluster.start("a");
      cluster.awaitLeader();
      cluster.start("b");
      try (FleetProcess fleet =
          FleetProcess.start(cluster.addresses(), 300, directory.resolve("fleet.log"))) {
        List<Fault> faults = List.of(server::kill, server::stopImmediately, this::killBackends);
        for (int round = 0; round < 3; round++) {
          for (Fault fault : faults) {
            fleet.awaitAcknowledged(200);
            fault.strike();
            server.resume();
            fleet.awaitAcknowledged(200);
            assertThat(fleet.check().problems()).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void aStandbyThatWasPromotedWithEveryCommitIsAcceptedAndAnnounced() throws Exception {
    register(0, 30);
    server.stop();
    try (PostgresServer promoted = promote(server.copy());
        MasterCluster cluster = cluster(promoted)) {
      Member master = cluster.start("a");
      cluster.awaitLeader();
      assertThat(agents(cluster)).isEqualTo(30);
      JsonNode metrics = get(cluster.addresses().get(0) + "/metrics/snapshot");
      assertThat(metrics.get("registrar/storage/timeline").asInt()).isEqualTo(2);
      assertThat(metrics.get("registrar/storage/timeline_changes").asInt()).isEqualTo(1);
      assertThat(master.process().errorText())
          .contains("timeline 2")
          .contains("cannot be ruled out");
      assertThat(master.terminate()).isZero();
    }
  }

  @Test
  void aStandbyThatWasPromotedWithoutTheLastTenIsRefused() throws Exception {
    register(0, 20);
    server.stop();
    PostgresServer early = server.copy();
    server.resume();
    register(20, 30);
    server.stop();
    try (PostgresServer promoted = promote(early);
        MasterCluster cluster = cluster(promoted)) {
      ChildJvm master = cluster.launch("a");
      assertThat(master.awaitExit()).isEqualTo(3);
      assertThat(master.errorText()).contains("has been set back").contains("registry.witness");
      System.out.println(master.errorText().lines().filter(l -> l.contains("set back")).toList());
      master.close();
    }
    server.resume();
    try (MasterCluster cluster = cluster(server)) {
      cluster.start("a");
      cluster.awaitLeader();
      assertThat(agents(cluster)).isEqualTo(30);
    }
  }

  /** Has a master admit agents, one commit each, and stop in order, so that its witness is new. */
  private void register(int from, int to) throws Exception {
    try (MasterCluster cluster = cluster(server)) {
      Member master = cluster.start("a");
      cluster.awaitLeader();
      Population population = new Population(1);
      URI address = cluster.addresses().get(0);
      try (MasterClient client = new MasterClient(List.of(address), population, Runnable::run)) {
        for (int agent = from; agent < to; agent++) {
          Status registered = new Status(Status.Presence.REGISTERED, 0);
          assertThat(client.ask(agent, registered).join())
              .isInstanceOfSatisfying(
                  MasterClient.Answer.Status.class,
                  status -> assertThat(status.code()).isEqualTo(201));
        }
      }
      assertThat(master.terminate()).isZero();
    }
  }

  private MasterCluster cluster(PostgresServer on) {
    return new MasterCluster(on, on.url(database), directory);
  }

  private static int agents(MasterCluster cluster) throws Exception {
    return get(cluster.addresses().get(0) + "/metrics/snapshot").get("registrar/agents").asInt();
  }

  private static JsonNode get(String url) throws Exception {
    try (InputStream answer = URI.create(url).toURL().openStream()) {
      return new ObjectMapper().readTree(answer);
    }
  }

  private PostgresServer promote(PostgresServer copy) throws Exception {
    copy.standby().resume();
    try (Connection connection = copy.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_promote()")) {
      assertThat(row.next()).isTrue();
    }
    return copy;
  }

  private void killBackends() throws SQLException, IOException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pid from pg_stat_activity where application_name like 'registrar%'"
                    + " and state = 'active' limit 1")) {
      while (row.next()) {
        PostgresServer.signal(row.getLong(1), "-KILL");
      }
    }
  }
}
