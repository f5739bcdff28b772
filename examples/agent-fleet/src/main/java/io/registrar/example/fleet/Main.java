package io.registrar.example.fleet;

import io.registrar.spi.DurationText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code agent-fleet}. */
@Command(
    name = "agent-fleet",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Simulated agents that register with a master, come and go, and note in a file what was"
            + " acknowledged to them; with --check, compares the master's records with that file.",
    footer = {
      "",
      "Exit status: 0 all is well; 1 the master lost, changed or forged something; 2 flags that"
          + " cannot be used; 3 the master was away for too long, or a file cannot be used."
    })
public final class Main implements Callable<Integer> {
  private static final int OK = 0;
  private static final int BROKEN_WORD = 1;
  private static final int USAGE = 2;
  private static final int CANNOT = 3;

  @Option(
      names = "--master",
      paramLabel = "URL",
      split = ",",
      defaultValue = "http://127.0.0.1:5050",
      description =
          "Where the master is; of several, the one that leads is found. Default: ${DEFAULT-VALUE}")
  private List<URI> masters = List.of();

  @Option(names = "--agents", paramLabel = "N", description = "How many agents register.")
  private int agents;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      defaultValue = "agent-fleet.log",
      description =
          "What was sent and acknowledged; appended to if it is of the same fleet."
              + " Default: ${DEFAULT-VALUE}")
  private Path file = Path.of("agent-fleet.log");

  @Option(names = "--check", description = "Only compare the master's records with the file.")
  private boolean check;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Who the agents are; part of their ids. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "64",
      description = "The most requests in flight. Default: ${DEFAULT-VALUE}")
  private int concurrency;

  @Option(
      names = "--churn",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How many changes follow: agents change, leave, are lost, come back."
              + " Default: ${DEFAULT-VALUE}")
  private int churn;

  @Option(
      names = "--hold",
      paramLabel = "DURATION",
      defaultValue = "0secs",
      converter = Durations.class,
      description =
          "How long to stay afterwards, registering again when the master has restarted."
              + " Default: ${DEFAULT-VALUE}")
  private Duration hold = Duration.ZERO;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "2mins",
      converter = Durations.class,
      description = "How long to wait for a master that is away. Default: ${DEFAULT-VALUE}")
  private Duration patience = Duration.ofMinutes(2);

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs a fleet, or a check. */
  public static void main(String[] arguments) {
    CommandLine line =
        new CommandLine(new Main())
            .setParameterExceptionHandler(
                (problem, given) -> {
                  System.err.println("agent-fleet: " + problem.getMessage());
                  return USAGE;
                });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    for (URI master : masters) {
      require(
          "http".equals(master.getScheme()) && master.getHost() != null,
          "--master is a URL such as http://127.0.0.1:5050; got '" + master + "'");
    }
    require(check || agents > 0, "--agents=N is needed: how many agents register, 1 or more");
    require(concurrency > 0, "--concurrency is 1 or more");
    require(churn >= 0, "--churn is 0 or more");
    Program program = new Program(masters, file);
    try {
      return check ? check(program) : work(program);
    } catch (ConnectException e) {
      System.err.println(
          "agent-fleet: there is no master at "
              + masters.stream().map(URI::toString).collect(Collectors.joining(", "))
              + "; is it running?");
      return CANNOT;
    } catch (IOException | TimeoutException e) {
      System.err.println("agent-fleet: " + e.getMessage());
      return CANNOT;
    }
  }

  private int work(Program program) throws IOException, InterruptedException, TimeoutException {
    FleetPlan plan = new FleetPlan(agents, concurrency, churn, hold, patience);
    long start = System.nanoTime();
    Tally tally = program.work(seed, plan, System.err);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "agent-fleet: %,d acknowledged in %.1f s (%,.0f/s), %d unanswered and asked again,"
            + " %d restarts seen, %d answers that cannot be%n",
        tally.acknowledged,
        seconds,
        tally.acknowledged / seconds,
        tally.unknown,
        tally.restarts,
        tally.brokenCount());
    tally.broken().forEach(System.out::println);
    return tally.brokenCount() == 0 ? OK : BROKEN_WORD;
  }

  private int check(Program program) throws IOException, InterruptedException {
    require(Files.exists(file), "--file=" + file + " does not exist: there is nothing to compare");
    Findings findings = program.check();
    System.out.println("agent-fleet: " + findings);
    findings.problems().forEach(System.out::println);
    return findings.isClean() ? OK : BROKEN_WORD;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  /** Reads durations as the master's flags do. */
  static final class Durations implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return DurationText.parse(text);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }
}
