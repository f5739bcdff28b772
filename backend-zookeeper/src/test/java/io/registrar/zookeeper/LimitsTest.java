package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.LimitExceededException;
import io.registrar.spi.Limits;
import io.registrar.spi.RecordKey;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import java.util.List;
import java.util.Set;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The largest batches, in the shapes that take most on the wire. */
class LimitsTest {
  private static TestingServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestingServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Storage open(String path) throws Exception {
    return Registries.open("zk://ann:s3cret@" + server.getConnectString() + path);
  }

  /** As many keys as there may be, with ids that are escaped to the longest names. */
  private static Batch manyKeys(Limits limits, String salt) {
    Batch.Builder batch = Batch.of(Header.of(new byte[Header.MAX_BYTES]));
    int keys = limits.maxBatchKeys();
    long room = limits.maxBatchBytes();
    for (int i = 0; i < keys; i++) {
      RecordKey key = new RecordKey("k", "%%%%%%%%%%%%" + salt + i);
      long fair = (room / (keys - i)) - 64 - 1 - key.idBytes();
      byte[] value = new byte[(int) Math.max(0, fair)];
      batch.put(key, value);
      room -= 64 + 1 + key.idBytes() + value.length;
    }
    return batch.build();
  }

  @Test
  void aBatchAtTheLimitOfKeysAndBytesIsOneCommit() throws Exception {
    try (Storage storage = open("/keys")) {
      StorageSession session = Registries.lead(storage);
      Batch batch = manyKeys(storage.limits(), "a");
      assertThat(batch.countedBytes()).isEqualTo(storage.limits().maxBatchBytes());

      assertThat(session.commit(batch, Registries.TIMEOUT)).isEqualTo(1);

      assertThat(Registries.read(storage)).hasSize(batch.keys());
    }
  }

  @Test
  void recordsThatOutgrowTheirNodesStillFit() throws Exception {
    try (Storage storage = open("/grow")) {
      StorageSession session = Registries.lead(storage);
      Limits limits = storage.limits();
      int growing = (int) (limits.maxBatchBytes() / 4200);
      Batch.Builder small = Batch.of(Header.EMPTY);
      Batch.Builder large = Batch.of(Header.of(new byte[Header.MAX_BYTES]));
      for (int i = 0; i < growing; i++) {
        small.put(Registries.key("g" + i), new byte[1]);
        large.put(Registries.key("g" + i), new byte[4100]);
      }
      session.commit(small.build(), Registries.TIMEOUT);

      session.commit(large.build(), Registries.TIMEOUT);

      assertThat(Registries.read(storage).values())
          .hasSize(growing)
          .allSatisfy(value -> assertThat(value).hasSize(4100));
    }
  }

  @Test
  void aValueAtTheLimitAndOneOver() throws Exception {
    try (Storage storage = open("/value")) {
      StorageSession session = Registries.lead(storage);
      int most = storage.limits().maxValueBytes();
      Batch over = Batch.of(Header.EMPTY).put(Registries.key("v"), new byte[most + 1]).build();
      Batch fits = Batch.of(Header.EMPTY).put(Registries.key("v"), new byte[most]).build();

      assertThatThrownBy(() -> session.commit(over, Registries.TIMEOUT))
          .isInstanceOf(LimitExceededException.class);

      assertThat(session.commit(fits, Registries.TIMEOUT)).isEqualTo(1);
      assertThat(Registries.read(storage).get("v")).hasSize(most);
    }
  }

  @Test
  void aRequestAtTheLimitIsWithinTheBuffer() throws Exception {
    for (Access access : Access.values()) {
      Layout layout = Layout.of("/some/path", RegistryName.DEFAULT);
      MessageBudget budget = MessageBudget.of(MessageBudget.DEFAULT_BYTES, layout.root(), access);
      Position position = new Position(Fence.OF_NEW_REGISTRY, -2, Head.OF_NEW_REGISTRY, -2, 0);
      KnownNodes known = new KnownNodes(layout, access, new Listing(List.of(), Set.of(), position));

      PlannedCommit plan = known.plan(manyKeys(budget.limits(), "b"), position, 1);

      assertThat(WireSize.of(plan.request()))
          .as("with %s access", access)
          .isBetween(MessageBudget.DEFAULT_BYTES * 9 / 10, MessageBudget.DEFAULT_BYTES);
    }
  }

  @Test
  void aLargerBufferAllowsMore() throws Exception {
    MessageBudget larger = MessageBudget.of(8 << 20, "/r", Access.OPEN);
    assertThat(larger.limits().maxBatchKeys()).isGreaterThan(30_000);
    assertThat(larger.limits().maxBatchBytes()).isGreaterThan(4 << 20);
  }
}
