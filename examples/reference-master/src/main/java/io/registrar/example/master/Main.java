package io.registrar.example.master;

import ch.qos.logback.classic.Level;
import com.google.inject.Guice;
import io.registrar.example.master.flag.FlagReader;
import io.registrar.example.master.flag.LogLevel;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.example.master.flag.UsageException;
import io.registrar.record.Agent;
import io.registrar.record.Registry;
import io.registrar.spi.StorageCatalog;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program {@code reference-master}. It ends with an {@link ExitCode}. */
public final class Main {
  // How the process is to end: the first reason counts.
  private static final CompletableFuture<ExitCode> END = new CompletableFuture<>();

  private Main() {}

  /** Runs a master until it is told to stop, or cannot lead any more. */
  public static void main(String[] arguments) {
    ExitCode end;
    try {
      FlagReader reader = new FlagReader(discover());
      Optional<MasterFlags> flags = reader.read(arguments, System.getenv());
      if (flags.isPresent()) {
        setLogLevel(flags.get().logLevel());
        end = run(flags.get());
      } else {
        System.out.print(reader.help());
        end = ExitCode.OK;
      }
    } catch (UsageException e) {
      end = fail(ExitCode.USAGE, e);
    } catch (CannotStartException e) {
      end = fail(ExitCode.CANNOT_START, e);
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(Main.class).error("a fault in the program", e);
      end = ExitCode.FAULT;
    }
    END.complete(end);
    System.exit(end.status());
  }

  private static ExitCode run(MasterFlags flags) throws CannotStartException {
    Master master = Guice.createInjector(new MasterModule(flags)).getInstance(Master.class);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(master), "master-stop"));
    try (master) {
      URI address = master.start();
      if (master.isCandidate()) {
        System.out.println("reference-master stands by at " + address);
      }
      master.leads().thenAccept(registry -> announce(address, registry));
      Ending ending = master.ended().join();
      if (ending.code() != ExitCode.OK) {
        END.complete(ending.code());
        System.err.println("reference-master: it stops: " + ending.lastLine());
      }
      return ending.code();
    }
  }

  private static void announce(URI address, Registry registry) {
    System.out.println(
        "reference-master leads at "
            + address
            + " with "
            + registry.count(Agent.TYPE)
            + " agents, version "
            + registry.version()
            + ", epoch "
            + registry.epoch());
  }

  /** On SIGTERM and SIGINT: a virtual machine that is signalled would not end with 0 by itself. */
  private static void stop(Master master) {
    END.complete(ExitCode.OK);
    master.close();
    Runtime.getRuntime().halt(END.join().status());
  }

  private static StorageCatalog discover() throws CannotStartException {
    try {
      return StorageCatalog.discover();
    } catch (IllegalStateException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void setLogLevel(LogLevel level) {
    Logger root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ((ch.qos.logback.classic.Logger) root).setLevel(Level.valueOf(level.name()));
  }

  private static ExitCode fail(ExitCode code, Exception e) {
    System.err.println("reference-master: " + e.getMessage());
    END.complete(code);
    return code;
  }
}
