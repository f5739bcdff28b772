package io.registrar.cli.log;

import io.registrar.cli.CannotRunException;
import io.registrar.cli.ExitStatus;
import io.registrar.log.node.SurvivingLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code registrar log recover}: one member that is left goes on alone. A person decides it. */
@Command(
    name = "recover",
    sortOptions = false,
    description = {
      "Lets one member go on alone, after a majority of the members was lost for good.",
      "What only the lost ones had is lost with them. Its master must not run. First --dry-run; of"
          + " several members that are left, take the one with the highest version."
    })
public final class RecoverVerb implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The log's directory of the member that is left.")
  private Path directory = Path.of("");

  @ArgGroup(multiplicity = "1")
  private Mode mode = new Mode();

  /** Whether it is only looked at, or done. */
  static final class Mode {
    @Option(
        names = "--dry_run",
        required = true,
        description = "Only says what would be done, and what the log holds; writes nothing.")
    private boolean dryRun;

    @Option(
        names = "--the_others_are_lost_for_good",
        required = true,
        description = "Does it. Nothing is deleted: the old log is renamed.")
    private boolean decided;
  }

  @Override
  public Integer call() throws CannotRunException {
    try {
      SurvivingLog log = SurvivingLog.read(directory);
      log.findings().forEach(out()::println);
      if (mode.decided) {
        Path old = log.goOnAlone();
        out().println("The old log is kept in " + old + "; what was done is written in");
        out().println(directory.resolve(SurvivingLog.NOTE) + ".");
        out()
            .println(
                "Start this master alone, with its old flags but without --log_members. Never");
        out()
            .println(
                "start a lost one on its old directory again: two of them would be a majority");
        out().println("of the old log. Empty their directories, then add them as new members.");
      } else {
        out()
            .println(
                "It would go on alone from there, in a new ensemble. Nothing was written. If no");
        out().println("other member that is left has a higher version, and a majority is lost for");
        out().println("good, decide it with --the-others-are-lost-for-good.");
      }
      return ExitStatus.OK.status();
    } catch (IOException e) {
      throw new CannotRunException(String.valueOf(e.getMessage()), e);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
