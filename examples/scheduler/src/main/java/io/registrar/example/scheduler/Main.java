package io.registrar.example.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.registrar.Registrar;
import io.registrar.Termination;
import io.registrar.Witness;
import io.registrar.failover.FailoverListener;
import io.registrar.failover.FailoverOptions;
import io.registrar.record.Agent;
import io.registrar.record.MasterInfo;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.UUID;

/** The program: {@code scheduler STORAGE WORK_DIR}, then commands, one a line. */
final class Main {
  private static final FailoverListener SPOKEN =
      new FailoverListener() {
        @Override
        public void unreachable(Agent worker) {
          System.err.println("scheduler: given up: " + worker.id());
        }

        @Override
        public void tooManyMissing(int missing, int recovered) {
          stop(missing + " of " + recovered + " workers are missing");
        }

        @Override
        public void pruned(List<String> workers) {} // only the history remembers them
      };

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: scheduler STORAGE WORK_DIR, such as: scheduler leveldb /tmp/jobs");
      System.exit(2);
    }
    StorageProvider provider = StorageCatalog.discover().named(arguments[0]);
    Path work = Files.createDirectories(Path.of(arguments[1]));
    StorageSettings settings = StorageSettings.read(provider, RegistryName.DEFAULT, work, Map.of());
    MasterInfo me = new MasterInfo(UUID.randomUUID().toString(), "", "", "");
    try (Storage storage = provider.open(settings, Duration.ofSeconds(10));
        Registrar registrar =
            Registrar.recover(
                storage,
                Scheduler.leading(me).witness(Witness.in(work, provider.name())).build())) {
      registrar.terminated().thenAccept(Main::ended);
      Console console = new Console(new Scheduler(registrar, FailoverOptions.DEFAULT, SPOKEN));
      Scanner lines = new Scanner(System.in, UTF_8);
      while (lines.hasNextLine()) {
        System.out.println(console.answer(lines.nextLine()));
      }
    }
  }

  /** A registrar that has ended leads no more, and so neither does its master. */
  private static void ended(Termination why) {
    if (why.reason() != Termination.Reason.CLOSED) {
      stop(why.explanation());
    }
  }

  private static void stop(String why) {
    System.err.println("scheduler: it stops: " + why);
    Runtime.getRuntime().halt(1);
  }
}
