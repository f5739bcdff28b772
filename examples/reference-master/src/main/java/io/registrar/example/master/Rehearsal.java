package io.registrar.example.master;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.registrar.Registrar;
import io.registrar.RegistrarException;
import io.registrar.RegistrarOptions;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.example.master.http.HttpServer;
import io.registrar.failover.FailoverOptions;
import io.registrar.memory.InMemoryStorage;
import io.registrar.record.Agent;
import io.registrar.record.MasterInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standby leads once in play: a registry of its own in memory, at a port of its own on the
 * loopback address, which some agents register with. So the classes that it needs to lead are
 * loaded before it has to. Loading them would take longer than the rest of taking over.
 */
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
  private static final int AGENTS = 20;
  private static final String AGENT = "{\"hostname\":\"localhost\",\"port\":5051}";

  private Rehearsal() {}

  /** Plays it, on a thread of its own. */
  static void begin(MasterFlags flags, MasterInfo self) {
    Thread thread = new Thread(() -> tryToPlay(flags, self), "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private static void tryToPlay(MasterFlags flags, MasterInfo self) {
    try {
      LOG.debug("it was played how to lead, with {} agents", play(flags, self));
    } catch (RegistrarException | IOException e) {
      LOG.warn("it could not be played how to lead; to take over takes longer then", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Plays it, and tells how many agents there were. */
  static int play(MasterFlags flags, MasterInfo self)
      throws RegistrarException, IOException, InterruptedException {
    Injector stage = Guice.createInjector(new MasterModule(flags.inPlay()));
    try (InMemoryStorage storage = new InMemoryStorage();
        Registrar registrar = Registrar.recover(storage, RegistrarOptions.leading(self).build());
        RollCall rollCall = stage.getInstance(RollCall.class);
        HttpServer http = stage.getInstance(HttpServer.class)) {
      rollCall.begin(registrar, FailoverOptions.DEFAULT);
      stage.getInstance(Leader.class).leads(registrar);
      register(http.start());
      return registrar.registry().count(Agent.TYPE);
    }
  }

  private static void register(URI master) throws IOException, InterruptedException {
    HttpClient agents = HttpClient.newHttpClient();
    for (int n = 0; n < AGENTS; n++) {
      HttpRequest request =
          HttpRequest.newBuilder(master.resolve("/agents/rehearsal-" + n))
              .timeout(ANSWERS_WITHIN)
              .PUT(BodyPublishers.ofString(AGENT))
              .build();
      int status = agents.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 201) {
        throw new IOException("an agent in play was answered " + status);
      }
    }
  }
}
