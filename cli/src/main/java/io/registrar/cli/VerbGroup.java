package io.registrar.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Verbs about one thing, such as {@code registrar member}; by itself it does nothing. */
public abstract class VerbGroup implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this, and ends.")
  private boolean help;

  private final String verbs;

  /**
   * @param verbs all of them, as a sentence names them
   */
  protected VerbGroup(String verbs) {
    this.verbs = verbs;
  }

  @Override
  public final Integer call() {
    throw misused("what is to be done? " + verbs);
  }

  /** The group was called in a way that it does not take. */
  protected final ParameterException misused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  /** One of its verbs was. */
  protected final ParameterException misused(String verb, String why) {
    return new ParameterException(spec.subcommands().get(verb), why);
  }

  /** Where results go. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
