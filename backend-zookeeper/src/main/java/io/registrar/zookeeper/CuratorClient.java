package io.registrar.zookeeper;

import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ConfigException;
import org.apache.zookeeper.common.ZKConfig;
import org.apache.zookeeper.data.ACL;

/** Sets up Curator for a connection. */
final class CuratorClient {
  /**
   * The largest answer that we take. It bounds listings alone, for reads of data are cut well below
   * it; nothing is allocated before an answer of that size comes.
   */
  private static final int MAX_ANSWER_BYTES = 128 << 20;

  /** The retries of Curator's recipes; our own requests do not go through them. */
  private static final RetryNTimes RECIPE_RETRIES = new RetryNTimes(3, 200);

  private CuratorClient() {}

  static CuratorFramework of(Connection connection, int maxRequestBytes) {
    int timeoutMillis = (int) Math.min(Integer.MAX_VALUE, connection.sessionTimeout().toMillis());
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(connection.address().servers())
            .sessionTimeoutMs(timeoutMillis)
            .connectionTimeoutMs(timeoutMillis)
            .ensembleTracker(false)
            .retryPolicy(RECIPE_RETRIES)
            .aclProvider(new Same(connection.access().list()))
            .zkClientConfig(clientConfig(connection, maxRequestBytes));
    connection
        .credentials()
        .ifPresent(known -> builder.authorization(Credentials.SCHEME, known.bytes()));
    return builder.build();
  }

  private static ZKClientConfig clientConfig(Connection connection, int maxRequestBytes) {
    ZKClientConfig config = new ZKClientConfig();
    connection
        .clientConfig()
        .ifPresent(
            file -> {
              try {
                config.addConfiguration(file);
              } catch (ConfigException e) {
                throw new IllegalArgumentException(
                    "ZooKeeper's client settings in " + file + " cannot be read: " + reason(e), e);
              }
            });
    config.setProperty(
        ZKConfig.JUTE_MAXBUFFER, Integer.toString(Math.max(MAX_ANSWER_BYTES, maxRequestBytes)));
    return config;
  }

  /** ZooKeeper's own message names the file alone. */
  private static String reason(ConfigException e) {
    Throwable why = e.getCause() == null ? e : e.getCause();
    return String.valueOf(why.getMessage());
  }

  private record Same(List<ACL> list) implements ACLProvider {
    @Override
    public List<ACL> getDefaultAcl() {
      return list;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
      return list;
    }
  }
}
