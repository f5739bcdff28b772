package io.registrar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's own parameters for TLS, against a server that takes no other connections. */
class TlsTest {
  @TempDir private Path directory;

  @Test
  void aServerThatProvesWhoItIsIsTalkedToInSecretAndAnotherIsRefused() throws Exception {
    TestCertificate own = TestCertificate.create(directory.resolve("own"));
    TestCertificate foreign = TestCertificate.create(directory.resolve("foreign"));
    try (PostgresServer server = PostgresServer.startNew()) {
      TestDatabase database = TestDatabase.on(server);
      server.stop();
      server.requireTls(own.certificate(), own.key());
      server.resume("?sslmode=require");

      try (Storage storage =
          open(database, "?sslmode=verify-full&sslrootcert=" + own.certificate())) {
        TestDatabase.lead(storage).commit(TestDatabase.put("a", "1"), TestDatabase.TIMEOUT);
        assertThat(TestDatabase.records(storage)).containsEntry("a", "1");
      }
      assertThatThrownBy(
              () -> open(database, "?sslmode=verify-full&sslrootcert=" + foreign.certificate()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("PKIX");
      // The certificate is for 127.0.0.1 alone.
      assertThatThrownBy(
              () ->
                  database.open(
                      Map.of(
                          "jdbc_url",
                          database.url().replace("127.0.0.1", "localhost")
                              + "?sslmode=verify-full&sslrootcert="
                              + own.certificate())))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("localhost");
      assertThatThrownBy(() -> open(database, "?sslmode=disable"))
          .isInstanceOf(IncompatibleException.class)
          .hasMessageContaining("no encryption");
    }
  }

  private static Storage open(TestDatabase database, String parameters) throws StorageException {
    return database.open(Map.of("jdbc_url", database.url() + parameters));
  }
}
