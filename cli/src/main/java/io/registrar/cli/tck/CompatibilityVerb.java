package io.registrar.cli.tck;

import io.registrar.cli.CannotRunException;
import io.registrar.cli.ExitStatus;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageProvider;
import io.registrar.tck.report.TckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code registrar compatibility}: the kit's reports of several storages, side by side. */
@Command(
    name = "compatibility",
    sortOptions = false,
    description = "Makes one Markdown page of the kit's reports of several storages, side by side.")
public final class CompatibilityVerb implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "REPORT",
      description = "Directories with a report.json, a column each, in this order.")
  private List<Path> reports = new ArrayList<>();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "Where the page goes; one that is there is replaced.")
  private @Nullable Path output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this, and ends.")
  private boolean help;

  @Override
  public Integer call() throws CannotRunException, IOException {
    List<TckReport> read = new ArrayList<>();
    for (Path directory : reports) {
      try {
        read.add(TckReport.read(directory.resolve("report.json")));
      } catch (IOException e) {
        throw new CannotRunException(
            "no report can be read in "
                + directory
                + " ("
                + e.getMessage()
                + "); run the kit first",
            e);
      }
    }
    List<String> known =
        StorageCatalog.discover().providers().stream().map(StorageProvider::name).toList();
    Files.writeString(Objects.requireNonNull(output), CompatibilityPage.of(read, known));
    return ExitStatus.OK.status();
  }
}
