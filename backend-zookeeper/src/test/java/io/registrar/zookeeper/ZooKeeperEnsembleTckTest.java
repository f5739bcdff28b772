package io.registrar.zookeeper;

import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.test.TestingCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** ZooKeeper keeps the storage contract, on an ensemble of three. */
@Tag("full")
class ZooKeeperEnsembleTckTest extends StorageTck {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static TestingCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestingCluster(3);
    cluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(ZooKeeperStorageProvider.class, directory)
        .with("zk", "zk://" + cluster.getConnectString() + "/tck/" + TESTS.incrementAndGet());
  }
}
