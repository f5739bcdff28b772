package io.registrar.cli.tck;

import io.registrar.cli.CannotRunException;
import io.registrar.cli.ExitStatus;
import io.registrar.cli.StorageFlags;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageProvider;
import io.registrar.tck.Faults;
import io.registrar.tck.report.TckReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code registrar tck}: whether a storage on the class path keeps the storage contract. */
@Command(
    name = "tck",
    customSynopsis =
        "registrar tck --registry=NAME --report=DIR [OPTION of the kit or the storage]...",
    sortOptions = false,
    description = {
      "Runs the compatibility test kit on a storage on the class path, and writes its report.",
      "",
      "Each test has a fresh registry: in a directory of its own, and under a name of its own in an"
          + " engine that is shared. They are left there, so give the kit a database, node or"
          + " directory of its own."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every test that binds the storage was run, and none failed",
      "2:the command line is wrong",
      "3:the storage cannot be opened",
      "4:a rule is broken, or not every test was run"
    })
public final class TckVerb implements Callable<Integer> {
  private final StorageFlags storage;
  private final CommandSpec spec;

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "Where report.html, report.json and report.md go.")
  private @Nullable Path report;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "RULE",
      description = "Only these: numbers of rules (2.3) or names of tests. Proves nothing alone.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--profile", description = "Measures rough speeds too, some twenty seconds more.")
  private boolean profile;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description =
          "The storage keeps a registry in files below this directory of its work directory, and"
              + " nowhere else: the kit may change, lose and set back any of them (7.1).")
  private @Nullable Path files;

  @Option(
      names = "--disk_bytes",
      paramLabel = "N",
      description =
          "The storage keeps a registry below its work directory: the kit may have that on a disk"
              + " of this size, and fill it (7.3). Needs the right to mount.")
  private @Nullable Long diskBytes;

  @Option(
      names = "--history_calls",
      paramLabel = "N",
      description = "Calls of the random history; 10000 unless given.")
  private @Nullable Integer historyCalls;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed that a failed history has printed.")
  private @Nullable Long seed;

  @Option(
      names = "--time_factor",
      paramLabel = "X",
      description = "All deadlines, times this: 3 on a slow machine.")
  private @Nullable Double timeFactor;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this, and ends.")
  private boolean help;

  public TckVerb(StorageFlags storage) {
    this.storage = storage;
    spec = CommandSpec.forAnnotatedObject(this);
    storage.addTo(spec);
  }

  /** The verb as its command knows it. */
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws CannotRunException, IOException {
    KitPlan plan = plan(storage.provider());
    Path directory = Objects.requireNonNull(report);
    setProperties(directory);
    mustOpen(plan);
    // One that is there is of an earlier run, and must not be taken for this one's.
    Files.deleteIfExists(directory.resolve("report.json"));
    PrintWriter out = spec.commandLine().getOut();
    KitRun run = KitRun.of(plan, out);
    if (run.tests() == 0) {
      throw new ParameterException(
          spec.commandLine(), "the kit has no test " + only + "; a rule's number is such as 2.3");
    }
    if (Files.notExists(directory.resolve("report.json"))) {
      out.println("Proves nothing: no test has opened the storage.");
      return ExitStatus.NOT_KEPT.status();
    }
    TckReport told = TckReport.read(directory.resolve("report.json"));
    out.println(told.headline());
    out.println("report: " + directory.resolve("report.html").toAbsolutePath().normalize());
    boolean kept = told.contractKept() && run.failures() == 0;
    return (kept ? ExitStatus.OK : ExitStatus.NOT_KEPT).status();
  }

  private KitPlan plan(StorageProvider provider) {
    Faults faults = Faults.none();
    Path below = files;
    if (below != null) {
      faults = faults.withFiles(target -> target.workDirectory().resolve(below));
    }
    if (diskBytes != null) {
      faults = faults.withFullDisk(diskBytes);
    }
    return new KitPlan(
        provider.getClass(), storage.options(), faults, only, new KitPlan.Registries());
  }

  /** The kit is JUnit's, and is told by system properties, which it reads when it is loaded. */
  private void setProperties(Path directory) {
    System.setProperty("registrar.tck.report", directory.toString());
    System.setProperty("registrar.tck.profile", Boolean.toString(profile));
    set("registrar.tck.historyCalls", historyCalls);
    set("registrar.tck.seed", seed);
    set("registrar.tck.timeFactor", timeFactor);
  }

  private static void set(String property, @Nullable Number value) {
    if (value != null) {
      System.setProperty(property, value.toString());
    }
  }

  /** Not to be told seventy times that an engine cannot be reached. */
  private static void mustOpen(KitPlan plan) throws CannotRunException, IOException {
    Path directory = Files.createTempDirectory("registrar-tck");
    try (Storage opened = plan.target(directory).open()) {
      opened.capabilities();
    } catch (StorageException | IllegalArgumentException e) {
      throw new CannotRunException("the storage cannot be opened: " + e.getMessage(), e);
    } finally {
      io.registrar.tck.fault.FileDamage.deleteTree(directory);
    }
  }
}
