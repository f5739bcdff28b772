package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS by ZooKeeper's own client settings, against a server that speaks nothing else. */
class TlsTest {
  private static final String PASSWORD = "changeit";
  private static @TempDir Path directory;
  private static ChildJvm server;
  private static String address;

  @BeforeAll
  static void start() throws Exception {
    int port = freePort();
    address = "zk://127.0.0.1:" + port + "/tls";
    keyStore("server");
    keyStore("stranger");
    Path configuration = directory.resolve("server.cfg");
    Files.writeString(
        configuration,
        """
        dataDir=%s
        secureClientPort=%d
        secureClientPortAddress=127.0.0.1
        serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
        ssl.keyStore.location=%s
        ssl.keyStore.password=%s
        ssl.clientAuth=none
        admin.enableServer=false
        """
            .formatted(
                Files.createDirectory(directory.resolve("data")), port, store("server"), PASSWORD));
    server = ChildJvm.start(ServerProcess.class, Duration.ofMinutes(10), configuration.toString());
    // The server may still be starting: opening waits for it.
    open(clientTrusting("server"), Deadline.scaled(Duration.ofMinutes(2))).close();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void recordsAreKeptOverTls() throws Exception {
    try (Storage storage = Registries.open(address, clientTrusting("server"))) {
      Registries.commit(Registries.lead(storage), "a", "1");

      assertThat(Registries.read(storage)).isEqualTo(Map.of("a", "1"));
    }
  }

  @Test
  void aServerThatIsNotTrustedIsNotUsed() throws Exception {
    assertRefused(clientTrusting("stranger"));
  }

  @Test
  void aClientWithoutTlsIsNotServed() {
    assertRefused(Map.of());
  }

  private static void assertRefused(Map<String, String> more) {
    assertThatThrownBy(() -> open(more, Deadline.scaled(Duration.ofSeconds(2))))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("could be reached within");
  }

  private static Storage open(Map<String, String> more, Duration timeout) throws StorageException {
    Map<String, String> options = new TreeMap<>(more);
    options.put("zk", address);
    ZooKeeperStorageProvider provider = new ZooKeeperStorageProvider();
    return provider.open(
        StorageSettings.read(provider, RegistryName.DEFAULT, Path.of("."), options), timeout);
  }

  /** A file of client settings; the trust store holds the named server's certificate. */
  private static Map<String, String> clientTrusting(String whom) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("client-" + whom + ".cfg"),
            """
            zookeeper.client.secure=true
            zookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketNetty
            zookeeper.ssl.trustStore.location=%s
            zookeeper.ssl.trustStore.password=%s
            """
                .formatted(store("trusting-" + whom), PASSWORD));
    return Map.of("zk_client_config", file.toString());
  }

  private static Path store(String whom) {
    return directory.resolve(whom + ".p12");
  }

  /** A key with its self-signed certificate, and beside it a store that trusts that. */
  private static void keyStore(String whom) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                whom,
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store(whom).toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore trusting = KeyStore.getInstance("PKCS12");
    trusting.load(null, null);
    trusting.setCertificateEntry(
        whom,
        KeyStore.getInstance(store(whom).toFile(), PASSWORD.toCharArray()).getCertificate(whom));
    try (OutputStream out = Files.newOutputStream(store("trusting-" + whom))) {
      trusting.store(out, PASSWORD.toCharArray());
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
