package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.tck.plain.PlainServer;
import io.registrar.tck.plain.PlainStorageProvider;
import io.registrar.tck.plain.RemotePlainStorageProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules about cut connections accept a storage behind one, and reject it broken. */
class ConnectionRulesTest {
  private static PlainServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PlainServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"5.2", "7.3"})
  void aStorageThatTellsTheTruthIsAccepted(String rule) {
    assertThat(BrokenStoragesTest.run(Behind.class, RemotePlainStorageProvider.class, rule))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "5.2, CallsALostAnswerAFailure",
    "5.2, TakesALostAnswerForAFence",
    "7.3, ConnectsAgainWithoutADeadline"
  })
  void aBrokenOneIsRejectedByItsRule(String rule, String broken) throws Exception {
    Class<? extends PlainStorageProvider> provider =
        Class.forName(BrokenConnections.class.getName() + "$" + broken)
            .asSubclass(PlainStorageProvider.class);
    assertThat(BrokenStoragesTest.run(Behind.class, provider, rule))
        .isNotEmpty()
        .allMatch(failure -> ((RuleBroken) failure).rule().equals(rule));
  }

  /** The kit's class, run by {@link BrokenStoragesTest#run} alone. */
  static class Behind extends BrokenStoragesTest.KitOfTheBroken {
    @Override
    protected StorageTarget target(Path directory) {
      return super.target(directory)
          .with(
              RemotePlainStorageProvider.PORT.name(), Integer.toString(server.address().getPort()));
    }

    @Override
    protected Faults faults() {
      return Faults.none()
          .withConnection(
              server.address(),
              (target, proxy) ->
                  target.with(
                      RemotePlainStorageProvider.PORT.name(), Integer.toString(proxy.getPort())));
    }
  }
}
