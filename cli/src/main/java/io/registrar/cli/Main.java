package io.registrar.cli;

import io.registrar.spi.StorageCatalog;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code registrar}. It ends with an {@link ExitStatus}. */
public final class Main {
  private Main() {}

  /** Does what the verb says. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /** The same within this process; answers the exit status. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line;
    try {
      line = RegistrarCommand.with(StorageCatalog.discover());
    } catch (IllegalStateException e) {
      err.println("registrar: " + e.getMessage());
      return ExitStatus.CANNOT_RUN.status();
    }
    return line.setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failed)
        .execute(Arrays.stream(arguments).map(Main::underscored).toArray(String[]::new));
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr().println(name + " --help tells what is possible");
    return ExitStatus.USAGE.status();
  }

  private static int failed(Exception e, CommandLine line, ParseResult parsed) {
    line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + e.getMessage());
    if (e instanceof CannotRunException) {
      return ExitStatus.CANNOT_RUN.status();
    }
    e.printStackTrace(line.getErr());
    return ExitStatus.FAULT.status();
  }

  /** A flag as it is declared: {@code --time-factor=2} is {@code --time_factor=2}. */
  private static String underscored(String argument) {
    int equals = argument.indexOf('=');
    int end = equals < 0 ? argument.length() : equals;
    return argument.startsWith("--")
        ? "--" + argument.substring(2, end).replace('-', '_') + argument.substring(end)
        : argument;
  }
}
