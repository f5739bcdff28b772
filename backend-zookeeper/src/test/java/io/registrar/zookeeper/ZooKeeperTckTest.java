package io.registrar.zookeeper;

import io.registrar.tck.Faults;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * ZooKeeper keeps the storage contract, on one server.
 *
 * <p>Run by -Pfull alone until two tests of it are the same in every run: in {@code
 * rule_3_4_twoProcessesRaceToAcquireAndCommit} one of two processes can wait for its turn beyond
 * the deadline, and {@code rule_6_4_openAndCloseLeakNothing} counts sockets of the server in this
 * process.
 */
@Tag("full")
class ZooKeeperTckTest extends StorageTck {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static TestingServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestingServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(ZooKeeperStorageProvider.class, directory)
        .with("zk", "zk://" + server.getConnectString() + "/tck/" + TESTS.incrementAndGet());
  }

  @Override
  protected Faults faults() {
    return Faults.none()
        .withForeignFormat(
            target -> {
              String path = target.options().get("zk").replaceFirst("zk://[^/]*", "") + "/registry";
              try (CuratorFramework client =
                  CuratorFrameworkFactory.newClient(
                      server.getConnectString(), new RetryOneTime(100))) {
                client.start();
                client.create().creatingParentsIfNeeded().forPath(path, "of others".getBytes());
              }
            });
  }
}
