package io.registrar.tck;

import io.registrar.Principal;
import io.registrar.RecoveryException;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.Witness;
import io.registrar.operation.AdmitAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.tck.fault.FileDamage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;

/**
 * A registry in files that a {@link Registrar} has written, with the copy to go back to: what harms
 * the files must be noticed by the storage, the digest or the witness, for those protect it
 * together (rule 7.1).
 */
final class LedRegistry {
  private static final int AGENTS = 40;
  private static final long OPERATION_SECONDS = 20;

  private final StorageTarget target;
  private final Path files;
  private final Path pristine;
  private final Path witnessDirectory;
  private byte[] witness = {};
  private List<Agent> agents = List.of();

  private LedRegistry(RegistryUnderTest underTest, Path files) {
    this.target = underTest.target();
    this.files = files;
    pristine = underTest.directory("pristine");
    witnessDirectory = underTest.directory("witness");
  }

  /** Writes one in two lives, so that a restart has left its traces in the files. */
  static LedRegistry written(RegistryUnderTest underTest, Path files) throws Exception {
    LedRegistry led = new LedRegistry(underTest, files);
    led.write(0, AGENTS / 2);
    led.write(AGENTS / 2, AGENTS);
    FileDamage.copyTree(files, led.pristine);
    return led;
  }

  /** Its files that have a byte to change. */
  List<Path> files() throws Exception {
    return FileDamage.filesBelow(files).stream()
        .filter(file -> file.toFile().length() > 0)
        .toList();
  }

  /** Writes on, so that the copy becomes an older state. */
  void writeMore() throws Exception {
    write(AGENTS, AGENTS + 5);
  }

  /** Makes files and witness what they were when all was written. */
  void restore() throws Exception {
    setBack();
    Files.write(Witness.in(witnessDirectory, "tck").file(), witness);
  }

  /** Makes the files what they were in the copy; the witness stays. */
  void setBack() throws Exception {
    FileDamage.copyTree(pristine, files);
  }

  boolean refuses() throws Exception {
    try (Storage storage = target.openSteadily();
        Registrar registrar = Registrar.recover(storage, options())) {
      return registrar.registry().version() < 0;
    } catch (StorageException | RecoveryException refused) {
      return true;
    }
  }

  /** Fails if it is led with other agents than were written. */
  void mustRefuseOrBeWhole(String harm) throws Exception {
    List<Agent> found;
    try (Storage storage = target.openSteadily();
        Registrar registrar = Registrar.recover(storage, options())) {
      found = agentsOf(registrar);
    } catch (StorageException | RecoveryException refused) {
      Assertions.assertNotNull(refused.getMessage(), "a refusal says why");
      return;
    }
    Assertions.assertEquals(agents, found, harm + ", and other agents were served without a word");
  }

  private void write(int from, int to) throws Exception {
    try (Storage storage = target.openSteadily();
        Registrar registrar = Registrar.recover(storage, options())) {
      for (int i = from; i < to; i++) {
        AgentInfo info =
            new AgentInfo("host-" + i, 5051, Map.of("rack", "r" + i % 7), Map.of("cpus", 8.0));
        registrar
            .apply(new AdmitAgent("agent-" + i, info), Principal.MASTER)
            .get(OPERATION_SECONDS, TimeUnit.SECONDS);
      }
      agents = agentsOf(registrar);
    }
    Assertions.assertEquals(to, agents.size(), "agents that were admitted");
    witness = Files.readAllBytes(Witness.in(witnessDirectory, "tck").file());
  }

  private static List<Agent> agentsOf(Registrar registrar) {
    return registrar.registry().all(Agent.TYPE).collect(Collectors.toList());
  }

  private RegistrarOptions options() {
    return RegistrarOptions.leading(new MasterInfo("tck", "localhost", "", "test"))
        .witness(Witness.in(witnessDirectory, "tck"))
        .build();
  }
}
