package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import java.nio.charset.StandardCharsets;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;

/** What any ZooKeeper client shows to a person: format 1, which later releases must read. */
class LayoutTest {
  @Test
  void everyNodeIsText() throws Exception {
    try (TestingServer server = new TestingServer();
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
        Storage storage = Registries.open("zk://" + server.getConnectString() + "/masters")) {
      client.start();
      Batch batch =
          Batch.of(Header.of("{\"records\":1}".getBytes(StandardCharsets.UTF_8)))
              .put(
                  Registries.key("a1"),
                  "{\"state\":\"REGISTERED\"}".getBytes(StandardCharsets.UTF_8))
              .build();
      Registries.lead(storage).commit(batch, Registries.TIMEOUT);

      assertThat(client.getChildren().forPath("/masters/registry"))
          .containsExactlyInAnyOrder("fence", "head", "journal", "records", "election");
      assertThat(text(client, "")).isEqualTo("registrar registry, format 1, named registry\n");
      assertThat(text(client, "/fence"))
          .matches("[0-9a-f]{8} epoch=1 session=[0-9a-f]{16} owner=test\n");
      assertThat(text(client, "/head")).matches("[0-9a-f]{8} version=1 epoch=1\n\\{\"records\":1}");
      assertThat(text(client, "/journal/1"))
          .matches("[0-9a-f]{8} version=1 after=0 epoch=1 names=1\nagent:a1~4k");
      assertThat(text(client, "/records/f7/agent:a1~4k"))
          .isEqualTo("b07fdd49 agent 2 a1\n{\"state\":\"REGISTERED\"}");
    }
  }

  @Test
  void longNamesOfRegistriesStayApart() {
    String shared = "x".repeat(60);
    String first = Layout.of("/", new RegistryName(shared + "a")).root();
    String second = Layout.of("/", new RegistryName(shared + "b")).root();

    assertThat(first).hasSizeLessThanOrEqualTo(25).startsWith("/xxxxxxxxxxx#");
    assertThat(second).isNotEqualTo(first);
    assertThat(Layout.of("/m", new RegistryName("a.b")).root()).isEqualTo("/m/a.b");
  }

  private static String text(CuratorFramework client, String node) throws Exception {
    return new String(client.getData().forPath("/masters/registry" + node), StandardCharsets.UTF_8);
  }
}
