package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.tck.plain.FollowedPlainStorageProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about changes accept a storage that keeps them; the kill matrix has the broken. */
class ChangeRulesTest {
  @ParameterizedTest
  @ValueSource(strings = {"9.1", "9.2", "5.4", "6.1"})
  void changesThatAreToldTrulyAreAccepted(String rule) {
    assertThat(
            BrokenStoragesTest.run(
                BrokenStoragesTest.KitOfTheBroken.class, FollowedPlainStorageProvider.class, rule))
        .isEmpty();
  }
}
