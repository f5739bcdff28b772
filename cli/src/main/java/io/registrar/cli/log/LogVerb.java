package io.registrar.cli.log;

import io.registrar.cli.CannotRunException;
import io.registrar.cli.ExitStatus;
import io.registrar.cli.VerbGroup;
import io.registrar.log.disk.DamagedPlace;
import io.registrar.log.disk.LogInspector;
import io.registrar.log.disk.LogStatus;
import io.registrar.log.disk.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code registrar log}: what a member of a replicated log has on its disk. Only {@link
 * RecoverVerb} writes.
 */
@Command(
    name = "log",
    sortOptions = false,
    synopsisSubcommandLabel = "status|read|verify|recover",
    subcommands = RecoverVerb.class,
    description = {
      "Looks at the log of one member while its master does not run; only 'recover' writes.",
      "DIR is the log's directory: WORK_DIR/replicated_log/registry.log"
    })
public final class LogVerb extends VerbGroup {
  /** Made by the command line. */
  public LogVerb() {
    super("status, read, verify or recover");
  }

  @Command(name = "status", description = "Sums up what the log holds, damaged or not.")
  int status(@Parameters(paramLabel = "DIR", description = "The log's directory.") Path directory)
      throws CannotRunException {
    LogStatus status = look(directory, LogInspector::status);
    line("member", status.member());
    line("ensemble", status.ensemble());
    line("starts", status.starts());
    line("promised", status.promised());
    line("entries", status.begin() + " to " + status.end() + ", chosen through " + status.chosen());
    line("cut", status.footing().map(footing -> "below " + footing.base().begin()));
    line("votes", status.votesAfter().map(after -> "on positions after " + after));
    line("retired", status.retired());
    line("records", status.records());
    for (LogStatus.Segment segment : status.segments()) {
      line(
          "segment " + segment.number(),
          segment.file()
              + ", "
              + segment.bytes()
              + " bytes, from record "
              + segment.firstSequence());
    }
    return damage(status.damaged());
  }

  @Command(
      name = "read",
      description = "Shows every record that can be read, in order, a line each.")
  int read(
      @Parameters(paramLabel = "DIR", description = "The log's directory.") Path directory,
      @Option(
              names = "--from",
              paramLabel = "N",
              defaultValue = "0",
              description = "Begins with the record of this number. Default: ${DEFAULT-VALUE}")
          long from)
      throws CannotRunException {
    AtomicLong damaged = new AtomicLong();
    look(
        directory,
        inspector -> {
          inspector.read(
              stored -> {
                if (stored.sequence() >= from) {
                  out().println(describe(stored));
                }
              },
              place -> {
                damaged.incrementAndGet();
                out().println("DAMAGED " + place);
              });
          return damaged;
        });
    return damaged.get() == 0 ? ExitStatus.OK.status() : ExitStatus.NOT_KEPT.status();
  }

  @Command(name = "verify", description = "Reads every byte, and names each place that is damaged.")
  int verify(@Parameters(paramLabel = "DIR", description = "The log's directory.") Path directory)
      throws CannotRunException {
    LogStatus status = look(directory, LogInspector::status);
    if (status.damaged().isEmpty()) {
      out()
          .println(
              status.records()
                  + " records in "
                  + status.segments().size()
                  + " files, none damaged");
    }
    return damage(status.damaged());
  }

  private int damage(List<DamagedPlace> places) {
    places.forEach(place -> out().println("DAMAGED " + place));
    if (places.isEmpty()) {
      return ExitStatus.OK.status();
    }
    out()
        .println(
            "A member with other members sets this log aside by itself when it starts, and recovers"
                + " from them. Keep a copy of the directory.");
    return ExitStatus.NOT_KEPT.status();
  }

  private static String describe(StoredRecord stored) {
    return stored.sequence()
        + " (file "
        + stored.segment()
        + " at "
        + stored.offset()
        + ") "
        + stored.record();
  }

  private <T> T look(Path directory, Look<T> look) throws CannotRunException {
    try (LogInspector inspector = LogInspector.open(directory)) {
      return look.at(inspector);
    } catch (IOException e) {
      throw new CannotRunException(String.valueOf(e.getMessage()), e);
    }
  }

  private void line(String name, Optional<?> value) {
    value.ifPresent(known -> line(name, known));
  }

  private void line(String name, Object value) {
    out().printf("%-12s %s%n", name, value);
  }

  /** What is read of an open log. */
  @FunctionalInterface
  private interface Look<T> {
    T at(LogInspector inspector) throws IOException;
  }
}
