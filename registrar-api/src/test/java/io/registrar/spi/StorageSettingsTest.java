package io.registrar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.memory.InMemoryStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageSettingsTest {
  private static final StorageOption<Duration> LEASE =
      StorageOption.duration("fake_lease", "how long a lease lasts").orElse("10secs");
  private static final StorageOption<String> URL =
      StorageOption.text("fake_url", "URL", "where it is");
  private static final StorageOption<Integer> FETCH =
      StorageOption.integer("fake_fetch", "rows at a time", 1, 100);
  private static final StorageOption<Capability> KIND =
      StorageOption.choice("fake_kind", "which", Capability.class);

  private final StorageProvider provider = new Fake(1);

  private record Fake(int contractVersion) implements StorageProvider {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public String description() {
      return "nothing";
    }

    @Override
    public List<StorageOption<?>> options() {
      return List.of(LEASE, URL, FETCH, KIND);
    }

    @Override
    public Storage open(StorageSettings settings, Duration timeout) {
      throw new AssertionError("not opened here");
    }
  }

  @Test
  void optionsAreReadByTheirTypes() {
    StorageSettings settings =
        read(Map.of("fake_url", "x", "fake_fetch", "7", "fake_kind", "shared"));
    assertThat(settings.get(LEASE)).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.get(URL)).isEqualTo("x");
    assertThat(settings.get(FETCH)).isEqualTo(7);
    assertThat(settings.get(KIND)).isEqualTo(Capability.SHARED);
  }

  @Test
  void anOptionThatIsMissingIsNamedWithItsForm() {
    assertThat(read(Map.of()).find(URL)).isEmpty();
    assertThatThrownBy(() -> read(Map.of()).get(URL))
        .hasMessage("--fake_url=URL is needed: where it is");
  }

  @Test
  void anUnknownOptionIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> read(Map.of("fake_ulr", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--fake_ulr")
        .hasMessageContaining("--fake_url");
  }

  @Test
  void aMalformedTextIsNamedWithItsOption() {
    assertThatThrownBy(() -> read(Map.of("fake_fetch", "101")))
        .hasMessage("--fake_fetch: a whole number from 1 to 100 is needed; got '101'");
    assertThatThrownBy(() -> read(Map.of("fake_lease", "soon")))
        .hasMessageContaining("--fake_lease");
    assertThatThrownBy(() -> read(Map.of("fake_kind", "blue")))
        .hasMessageContaining("durable|shared|election|changes");
  }

  @Test
  void anUnknownStorageIsAnsweredWithTheKnownOnes() {
    StorageCatalog catalog = StorageCatalog.of(List.of(provider, new InMemoryStorageProvider()));
    assertThat(catalog.named("fake")).isSameAs(provider);
    assertThatThrownBy(() -> catalog.named("etcd")).hasMessageContaining("fake, in_memory");
  }

  @Test
  void aProviderOfAnotherContractIsRefused() {
    assertThatThrownBy(() -> StorageCatalog.of(List.of(new Fake(2))).named("fake"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> StorageCatalog.of(List.of(new Fake(1), new Fake(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two storage providers are named 'fake'");
  }

  @Test
  void theStorageInMemoryIsFoundOnTheClassPath() {
    assertThat(StorageCatalog.discover().named("in_memory"))
        .isInstanceOf(InMemoryStorageProvider.class);
  }

  private StorageSettings read(Map<String, String> given) {
    return StorageSettings.read(provider, RegistryName.DEFAULT, Path.of("work"), given);
  }
}
