package io.registrar.example.master;

import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.RegistrarException;
import io.registrar.RegistrarOptions;
import io.registrar.failover.FailoverOptions;
import io.registrar.memory.InMemoryStorage;
import io.registrar.operation.RegisterAgent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standby leads once in play, with a registry of its own in memory: so the classes that it needs
 * to lead are loaded before it has to. Loading them would take longer than the rest of taking over.
 */
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final AgentInfo AGENT = new AgentInfo("localhost", 5051, Map.of(), Map.of());

  private Rehearsal() {}

  /** Plays it, on a thread of its own. */
  static void begin(MasterInfo self) {
    Thread thread = new Thread(() -> play(self), "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private static void play(MasterInfo self) {
    RegistrarOptions options = RegistrarOptions.leading(self).build();
    try (InMemoryStorage stage = new InMemoryStorage();
        Registrar registrar = Registrar.recover(stage, options);
        RollCall rollCall = new RollCall()) {
      rollCall.begin(registrar, FailoverOptions.DEFAULT);
      registrar.applyAndWait(new RegisterAgent("rehearsal", AGENT), Principal.MASTER);
      rollCall.register("again", new RegisterAgent("again", AGENT), Principal.MASTER).join();
      LOG.debug("it was played how to lead: {}", rollCall.status());
    } catch (RegistrarException e) {
      LOG.warn("it could not be played how to lead; to take over takes longer then", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
