package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.Candidate;
import io.registrar.spi.DamagedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and that the refusal says why. */
class RefusalsTest {
  private static TestingServer server;
  private static CuratorFramework client;

  @BeforeAll
  static void start() throws Exception {
    server = new TestingServer();
    client = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
    client.start();
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.close();
  }

  private static String at(String path) {
    return "zk://" + server.getConnectString() + path;
  }

  @Test
  void noServerThere() {
    ZooKeeperStorageProvider provider = new ZooKeeperStorageProvider();
    StorageSettings settings =
        StorageSettings.read(
            provider,
            RegistryName.DEFAULT,
            Path.of("."),
            Map.of("zk", "zk://127.0.0.1:" + InstanceSpec.getRandomPort() + "/x"));

    assertThatThrownBy(() -> provider.open(settings, Duration.ofMillis(500)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("could be reached within 500ms");
  }

  @Test
  void aForeignTree() throws Exception {
    client.create().creatingParentsIfNeeded().forPath("/foreign/registry", "kafka".getBytes());

    assertThatThrownBy(() -> Registries.open(at("/foreign")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("/foreign/registry is no registry")
        .hasMessageContaining("kafka");
  }

  @Test
  void aNewerFormat() throws Exception {
    Registries.open(at("/newer")).close();
    client.setData().forPath("/newer/registry", "registrar registry, format 2".getBytes());

    assertThatThrownBy(() -> Registries.open(at("/newer")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void aMissingBucketIsNamed() throws Exception {
    Registries.open(at("/bucket")).close();
    client.delete().forPath("/bucket/registry/records/7f");

    assertThatThrownBy(() -> Registries.open(at("/bucket")))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("/bucket/registry/records/7f is missing");
  }

  @Test
  void aStrangeNodeAmongTheRecordsIsNamed() throws Exception {
    try (Storage storage = Registries.open(at("/strange"))) {
      client.create().forPath("/strange/registry/records/00/lock");

      assertThatThrownBy(() -> Registries.lead(storage))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("/strange/registry/records/00/lock");
    }
  }

  @Test
  void changedBytesAreNamed() throws Exception {
    try (Storage storage = Registries.open(at("/changed"))) {
      Registries.commit(Registries.lead(storage), "a", "1");
      String node =
          Layout.of("/changed", RegistryName.DEFAULT)
              .record(NodeName.of(Registries.key("a"), SizeClass.UP_TO_4K));
      byte[] data = client.getData().forPath(node);
      data[data.length - 1] ^= 1;
      client.setData().forPath(node, data);

      assertThatThrownBy(() -> Registries.read(storage))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining(node);
    }
  }

  @Test
  void aRecordDeletedByHandEndsTheSessionThatMeetsIt() throws Exception {
    try (Storage storage = Registries.open(at("/deleted"))) {
      StorageSession session = Registries.lead(storage);
      Registries.commit(session, "a", "1");
      client
          .delete()
          .forPath(
              Layout.of("/deleted", RegistryName.DEFAULT)
                  .record(NodeName.of(Registries.key("a"), SizeClass.UP_TO_4K)));

      assertThatThrownBy(() -> Registries.commit(session, "a", "2"))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("agent:a~4k is missing");
    }
  }

  @Test
  void noPermissionNamesTheUserAndNotThePassword(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("credentials"), "ann:s3cret\n");
    try (Storage storage =
        Registries.open(
            at("/owned"), Map.of("zk_credentials_file", file.toString(), "zk_access", "closed"))) {
      Registries.commit(Registries.lead(storage), "a", "1");
    }

    assertThatThrownBy(
            () -> Registries.open("zk://bob:hunter2@" + server.getConnectString() + "/owned"))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("no permission")
        .hasMessageContaining("user bob")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> Registries.open(at("/owned")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("no credentials were given");
    try (Storage again =
        Registries.open("zk://ann:s3cret@" + server.getConnectString() + "/owned")) {
      assertThat(Registries.read(again)).isEqualTo(Map.of("a", "1"));
    }
  }

  @Test
  void whatIsReadableIsNotWritable() throws Exception {
    Registries.open("zk://ann:s3cret@" + server.getConnectString() + "/shown").close();

    try (Storage storage = Registries.open(at("/shown"))) {
      assertThat(Registries.read(storage)).isEmpty();
      assertThatThrownBy(() -> Registries.lead(storage))
          .isInstanceOf(IncompatibleException.class)
          .hasMessageContaining("no permission");
    }
  }

  @Test
  void whoMayNotWriteCannotStandForElection() throws Exception {
    Registries.open("zk://ann:s3cret@" + server.getConnectString() + "/elected").close();

    try (Storage storage =
        Registries.open("zk://ann:wrong@" + server.getConnectString() + "/elected")) {
      assertThatThrownBy(
              () ->
                  storage.election().campaign(new Candidate("m1", "http://m1"), Registries.TIMEOUT))
          .isInstanceOf(IncompatibleException.class)
          .hasMessageContaining("no permission for the ZooKeeper node /elected/registry/election")
          .hasMessageContaining("user ann");
    }
  }

  @Test
  void clientSettingsThatAreNotThere() {
    assertThatThrownBy(
            () -> Registries.open(at("/settings"), Map.of("zk_client_config", "/none/such")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/none/such")
        .hasMessageContaining("missing");
  }

  @Test
  void aBufferThatTheServersDoNotHave() {
    assertThatThrownBy(() -> Registries.open(at("/large"), Map.of("zk_max_buffer", "3000000")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("end the connection over a request of 3000000 bytes")
        .hasMessageContaining("jute.maxbuffer");
  }

  @Test
  void aBufferTooSmallForTheLeastBatch() {
    assertThatThrownBy(() -> Registries.open(at("/small"), Map.of("zk_max_buffer", "700000")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("--zk_max_buffer")
        .hasMessageContaining("1048575 or more");
  }

  @Test
  void aBadAddressShowsNoPassword() {
    assertThatThrownBy(() -> Registries.open("zk://ann:s3cret@host:port/x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'host:port' is no host:port")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> Registries.open("http://ann:s3cret@host/x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void theReservedTree() {
    assertThatThrownBy(() -> Registries.open(at("/zookeeper/x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/zookeeper is ZooKeeper's own");
  }
}
