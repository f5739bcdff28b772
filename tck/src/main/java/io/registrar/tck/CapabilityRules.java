package io.registrar.tck;

import io.registrar.spi.Capability;
import io.registrar.spi.Limits;
import io.registrar.spi.NotSupportedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSession;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Assertions;

/**
 * Rule 10: what is declared is kept, what is not declared is refused, and the provider is found.
 */
interface CapabilityRules extends RuleGroup {
  @Rule(
      value = "10",
      expects = "election() gives an election if ELECTION is declared, else NotSupportedException",
      lookAt = "Storage.capabilities() and Storage.election()")
  default void rule_10_electionIsGivenOrRefused() throws Exception {
    Storage storage = underTest().open();
    if (storage.capabilities().contains(Capability.ELECTION)) {
      Assertions.assertNotNull(storage.election(), "the election that is declared");
    } else {
      Refusals.refused(NotSupportedException.class, "election()", storage::election);
    }
  }

  @Rule(
      value = "10",
      expects = "changes() gives a feed if CHANGES is declared, else NotSupportedException",
      lookAt = "Storage.capabilities() and Storage.changes()")
  default void rule_10_changesAreGivenOrRefused() throws Exception {
    Storage storage = underTest().open();
    if (storage.capabilities().contains(Capability.CHANGES)) {
      storage.changes(0).close();
    } else {
      Refusals.refused(NotSupportedException.class, "changes(0)", () -> storage.changes(0));
    }
  }

  @Rule(
      value = "10",
      expects =
          "capabilities and limits are constant while the storage is open, and limits suffice",
      lookAt = "Storage.capabilities() and Storage.limits()")
  default void rule_10_capabilitiesAndLimitsAreConstant() throws Exception {
    Storage storage = underTest().open();
    Set<Capability> capabilities = Set.copyOf(storage.capabilities());
    Limits limits = storage.limits();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryUnderTest.commit(session, Samples.put("a", "1"));
    RegistryUnderTest.lead(storage);
    Assertions.assertEquals(capabilities, storage.capabilities(), "the capabilities");
    Assertions.assertEquals(limits, storage.limits(), "the limits");
    Assertions.assertThrows(
        UnsupportedOperationException.class,
        () -> storage.capabilities().add(Capability.SHARED),
        "nobody changes what is declared");
  }

  @Rule(
      value = "10",
      expects =
          "the provider is found by its name, is for this contract, and describes its options",
      lookAt = "META-INF/services/io.registrar.spi.StorageProvider, name(), options()")
  default void rule_10_theProviderIsFoundByItsName() {
    StorageProvider provider = underTest().target().newProvider();
    String name = provider.name();
    Assertions.assertTrue(name.matches("[a-z][a-z0-9_]*"), () -> "the name '" + name + "'");
    Assertions.assertEquals(
        underTest().target().provider(),
        StorageCatalog.discover().named(name).getClass(),
        "the provider that --registry=" + name + " finds");
    Assertions.assertFalse(provider.description().isBlank(), "a description for --help");
    provider
        .options()
        .forEach(
            option -> {
              Assertions.assertFalse(
                  option.description().isBlank(), () -> "what " + option + " is");
              Assertions.assertTrue(
                  belongsTo(option.name().split("_")[0], name),
                  () -> option + " begins with its provider's name, or letters that stand for it");
            });
  }

  /** Whether a word stands for a name, or for a word of it, as log does for replicated_log. */
  private static boolean belongsTo(String word, String name) {
    return standsFor(word, name)
        || Arrays.stream(name.split("_")).anyMatch(part -> standsFor(word, part));
  }

  /** Whether a word is a name's beginning, or some of its letters in order, as zk of zookeeper. */
  private static boolean standsFor(String word, String name) {
    int at = name.startsWith(word.substring(0, 1)) ? 0 : -1;
    for (int i = 1; i < word.length() && at >= 0; i++) {
      at = name.indexOf(word.charAt(i), at + 1);
    }
    return at >= 0;
  }
}
