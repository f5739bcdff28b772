package io.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.operation.AdmitAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.record.RecordType;
import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be led, and what is refused with the reason and the way out. */
class RecoveryTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final AgentInfo INFO = new AgentInfo("host-1", 5051, Map.of(), Map.of());

  @TempDir private Path work;

  private ScriptedStorage storage = new ScriptedStorage(Capability.DURABLE);

  @Test
  void aRecordChangedBehindItsBackIsNamed() throws Exception {
    admitThree();
    tamper(
        new RecordKey("agent", "a2"),
        "{\"id\":\"a2\",\"hostname\":\"evil\",\"port\":1,"
            + "\"attributes\":{},\"resources\":{},\"state\":\"REGISTERED\"}");
    assertRefused("the record agent/a2 was changed behind the registrar's back");
  }

  @Test
  void aRecordBroughtBackIsNamed() throws Exception {
    admitThree();
    tamper(
        new RecordKey("agent", "a9"),
        "{\"id\":\"a9\",\"hostname\":\"h\",\"port\":1,"
            + "\"attributes\":{},\"resources\":{},\"state\":\"REGISTERED\"}");
    assertRefused("the record agent/a9 was brought back or added");
  }

  @Test
  void aLostRecordIsNoticed() throws Exception {
    admitThree();
    tamper(new RecordKey("agent", "a1"), null);
    assertRefused("a record was lost");
  }

  @Test
  void aNewerFeatureLevelIsRefusedWithoutFencing() throws Exception {
    admitThree();
    editHeader("\"level\":1", "\"level\":2");
    long epoch = epoch();
    assertRefused("feature level 2");
    assertThat(epoch()).as("whoever leads was not disturbed").isEqualTo(epoch);
  }

  @Test
  void aRegistryThatIsNotActiveIsRefused() throws Exception {
    admitThree();
    editHeader("\"state\":\"ACTIVE\",\"note\":\"\"", "\"state\":\"MOVED\",\"note\":\"to jdbc\"");
    assertRefused("not active but MOVED (to jdbc)");
  }

  @Test
  void aForeignHeaderIsRefused() throws Exception {
    admitThree();
    rewrite(Header.of("hello".getBytes(StandardCharsets.UTF_8)));
    assertRefused("not a registry of this program");
  }

  @Test
  void anotherBackendIsRefusedByTheWitness() throws Exception {
    admitThree();
    RegistrarOptions other = options().witness(Witness.in(work, "jdbc")).build();
    assertThatThrownBy(() -> Registrar.recover(new ScriptedStorage(Capability.DURABLE), other))
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining("'fake'")
        .hasMessageContaining("--registry=fake")
        .hasMessageContaining(work.resolve("registry.witness").toString());
  }

  @Test
  void anEmptyStoreBesideAWitnessIsRefused() throws Exception {
    admitThree();
    storage = new ScriptedStorage(Capability.DURABLE);
    assertRefused("storage is empty");
    Files.delete(work.resolve("registry.witness"));
    Registrar.recover(storage, options().build()).close();
  }

  @Test
  void anotherRegistryThanTheOneSeenIsRefused() throws Exception {
    admitThree();
    storage = new ScriptedStorage(Capability.DURABLE);
    Registrar.recover(storage, plain().build()).close();
    assertRefused("this machine has seen registry");
  }

  @Test
  void aStoreSetBackIsRefused() throws Exception {
    admitThree();
    ScriptedStorage old = storage;
    storage = new ScriptedStorage(Capability.DURABLE);
    copy(old, storage);
    try (Registrar registrar = Registrar.recover(old, options().build())) {
      admit(registrar, "a4");
    }
    assertRefused("has been set back");
  }

  @Test
  void aWitnessThatCannotBeReadIsNamed() throws Exception {
    admitThree();
    Files.writeString(work.resolve("registry.witness"), "scribble");
    assertRefused("registry.witness cannot be read");
  }

  @Test
  void theWitnessFollowsWhatWasAcknowledged() throws Exception {
    admitThree();
    long version = version();
    assertThat(Files.readString(work.resolve("registry.witness")))
        .contains("\"backend\":\"fake\"")
        .contains("\"version\":" + version + "}");
  }

  @Test
  void aStorageThatForgetsKeepsNoWitness() throws Exception {
    storage = new ScriptedStorage();
    admitThree();
    assertThat(work.resolve("registry.witness")).doesNotExist();
  }

  @Test
  void aRecordThatThisProgramCannotReadIsNamed() throws Exception {
    RecordType<Odd> odd = RecordType.json("odd", Odd.class, Odd::id);
    try (Registrar registrar = Registrar.recover(storage, options().types(List.of(odd)).build())) {
      registrar
          .apply(
              edit -> {
                edit.put(odd, new Odd("o1", "text"));
                return 1;
              },
              Principal.MASTER)
          .get(10, TimeUnit.SECONDS);
    }
    RecordType<Changed> changed = RecordType.json("odd", Changed.class, Changed::id);
    assertThatThrownBy(() -> Registrar.recover(storage, options().types(List.of(changed)).build()))
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining("odd/o1");
    Registrar.recover(storage, options().build()).close();
  }

  private record Odd(String id, String value) {}

  private record Changed(String id, int value) {}

  private RegistrarOptions.Builder options() {
    return plain().witness(Witness.in(work, "fake"));
  }

  private static RegistrarOptions.Builder plain() {
    return RegistrarOptions.leading(new MasterInfo("m1", "localhost", "", "test"));
  }

  private void admitThree() throws Exception {
    try (Registrar registrar = Registrar.recover(storage, options().build())) {
      for (String id : List.of("a1", "a2", "a3")) {
        admit(registrar, id);
      }
    }
  }

  private static void admit(Registrar registrar, String id) throws Exception {
    assertThat(
            registrar.apply(new AdmitAgent(id, INFO), Principal.MASTER).get(10, TimeUnit.SECONDS))
        .isInstanceOf(Outcome.Applied.class);
    assertThat(registrar.registry().get(Agent.TYPE, id)).isPresent();
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> Registrar.recover(storage, options().build()))
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining(reason);
  }

  private void tamper(RecordKey key, String value) throws Exception {
    try (StorageSession session = storage.inner.acquire("tamperer", Floor.NONE, TIMEOUT)) {
      Header header = session.snapshot().header();
      session.snapshot().close();
      Batch.Builder batch = Batch.of(header);
      session.commit(
          (value == null
                  ? batch.delete(key)
                  : batch.put(key, value.getBytes(StandardCharsets.UTF_8)))
              .build(),
          TIMEOUT);
    }
  }

  private void editHeader(String from, String to) throws Exception {
    try (Snapshot now = storage.read(TIMEOUT)) {
      String text = new String(now.header().bytes(), StandardCharsets.UTF_8);
      assertThat(text).contains(from);
      rewrite(Header.of(text.replace(from, to).getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void rewrite(Header header) throws Exception {
    try (StorageSession session = storage.inner.acquire("tamperer", Floor.NONE, TIMEOUT)) {
      session.snapshot().close();
      session.commit(Batch.of(header).delete(new RecordKey("none", "x")).build(), TIMEOUT);
    }
  }

  private static void copy(ScriptedStorage from, ScriptedStorage to) throws Exception {
    try (Snapshot source = from.read(TIMEOUT);
        StorageSession session =
            to.inner.acquire("copy", new Floor(source.epoch(), source.version() - 1), TIMEOUT)) {
      session.snapshot().close();
      Batch.Builder batch = Batch.of(source.header());
      for (var next = source.next(); next.isPresent(); next = source.next()) {
        batch.put(next.get().key(), next.get().value());
      }
      session.commit(batch.build(), TIMEOUT);
    }
  }

  private long epoch() throws Exception {
    try (Snapshot now = storage.read(TIMEOUT)) {
      return now.epoch();
    }
  }

  private long version() throws Exception {
    try (Snapshot now = storage.read(TIMEOUT)) {
      return now.version();
    }
  }
}
