package io.registrar.cli;

import io.registrar.cli.log.LogVerb;
import io.registrar.cli.member.MemberVerb;
import io.registrar.cli.tck.CompatibilityVerb;
import io.registrar.cli.tck.TckVerb;
import io.registrar.spi.StorageCatalog;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which only knows its verbs. A new verb is a class, and a line here. */
@Command(
    name = "registrar",
    description = "Looks after a cluster master's official records.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs, each with its own --help:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done, and all is as it must be",
      "1:a fault in this program; report it",
      "2:the command line is wrong",
      "3:a storage or file was refused or not reached; nothing was found out",
      "4:what was checked is not as it must be"
    },
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  REGISTRAR_CLASSPATH   more jars, such as a third party's storage",
      "  REGISTRAR_JAVA_OPTS   more options for java, such as -Xmx1g"
    })
final class RegistrarCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this, and ends.")
  private boolean help;

  private RegistrarCommand() {}

  /** The command with its verbs, which know the storages of this catalog. */
  static CommandLine with(StorageCatalog catalog) {
    CommandLine line = new CommandLine(new RegistrarCommand());
    line.addSubcommand(new TckVerb(new StorageFlags(catalog)).spec());
    line.addSubcommand(new CompatibilityVerb());
    line.addSubcommand(new MemberVerb());
    line.addSubcommand(new LogVerb());
    return line;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a verb is needed");
  }
}
