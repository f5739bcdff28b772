package io.registrar.zookeeper;

import io.registrar.tck.Faults;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** ZooKeeper keeps the storage contract, on one server. */
class ZooKeeperTckTest extends StorageTck {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static ServerAlone server;

  @BeforeAll
  static void start() throws Exception {
    server = ServerAlone.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(ZooKeeperStorageProvider.class, directory)
        .with("zk", "zk://" + server.connectString() + "/tck/" + TESTS.incrementAndGet());
  }

  @Override
  protected Faults faults() {
    int port = URI.create("zk://" + server.connectString()).getPort();
    return Faults.none()
        .withConnection(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            (target, proxy) ->
                target.with(
                    "zk",
                    target
                        .options()
                        .get("zk")
                        .replace(server.connectString(), "127.0.0.1:" + proxy.getPort())))
        .withForeignFormat(
            target -> {
              String path = target.options().get("zk").replaceFirst("zk://[^/]*", "") + "/registry";
              try (CuratorFramework client =
                  CuratorFrameworkFactory.newClient(
                      server.connectString(), new RetryOneTime(100))) {
                client.start();
                client.create().creatingParentsIfNeeded().forPath(path, "of others".getBytes());
              }
            });
  }
}
