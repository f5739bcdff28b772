package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.Floor;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * The registry that one test has to itself: opens it, here and in child JVMs, and closes at the end
 * whatever was left open. Driven by the test's thread; {@link #open} may be called by any.
 */
final class RegistryUnderTest {
  static final RegistryUnderTest NONE =
      new RegistryUnderTest(
          directory -> {
            throw new IllegalStateException("no test has begun");
          },
          Faults.none(),
          Path.of("."));

  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration CHILD = Duration.ofSeconds(240);

  private final Function<Path, StorageTarget> targets;
  private final Faults faults;
  private final Path directory;
  private final Deque<Storage> opened = new ArrayDeque<>();
  private final List<ChildJvm> children = new ArrayList<>();
  private final Map<String, String> findings = new ConcurrentSkipListMap<>();
  private @org.jspecify.annotations.Nullable StorageTarget target;

  RegistryUnderTest(Function<Path, StorageTarget> targets, Faults faults, Path directory) {
    this.targets = targets;
    this.faults = faults;
    this.directory = directory;
  }

  /** The description of the registry, the same for the whole test. */
  StorageTarget target() {
    StorageTarget known = target;
    if (known == null) {
      known = targets.apply(directory("work"));
      target = known;
    }
    return known;
  }

  /** The description of a registry whose work directory is this one. */
  StorageTarget targetIn(Path workDirectory) {
    return targets.apply(workDirectory);
  }

  /** A new directory of the test's own. */
  Path directory(String name) {
    try {
      return Files.createDirectory(directory.resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Faults faults() {
    return faults;
  }

  /** Opens the registry in this JVM. */
  Storage open() throws StorageException {
    return open(target());
  }

  Storage open(StorageTarget which) throws StorageException {
    return keep(which.openSteadily());
  }

  /** Opens the registry for rules about failed commits: its sessions fail as they fail. */
  Storage openBare() throws StorageException {
    return keep(target().open());
  }

  private Storage keep(Storage storage) {
    synchronized (opened) {
      opened.push(storage);
    }
    return storage;
  }

  /** Starts a {@link TargetProcess} for the registry; it has not opened it yet. */
  ChildJvm child() throws IOException {
    return child(TargetProcess.class, target());
  }

  ChildJvm child(Class<?> main, StorageTarget which) throws IOException {
    return child(List.of(), main, which);
  }

  /** The same by way of another command, as {@link ChildJvm#startBy} has it. */
  ChildJvm child(List<String> launcher) throws IOException {
    return child(launcher, TargetProcess.class, target());
  }

  private ChildJvm child(List<String> launcher, Class<?> main, StorageTarget which)
      throws IOException {
    ChildJvm child = ChildJvm.startBy(launcher, main, CHILD, List.of(), which.toArguments());
    children.add(child);
    return child;
  }

  /**
   * Ends the test as not applicable unless the storage declares the capability.
   *
   * @param why what the rule would test
   */
  void requires(Capability capability, String why) throws StorageException {
    if (!capabilities().contains(capability)) {
      throw new NotApplicable(capability + " is not declared, and " + why);
    }
  }

  /** Ends the test as not applicable if the storage declares the capability. */
  void requiresNot(Capability capability, String why) throws StorageException {
    if (capabilities().contains(capability)) {
      throw new NotApplicable(capability + " is declared, and " + why);
    }
  }

  /** Keeps something that the report shall tell of this run. */
  void found(String what, String value) {
    findings.put(what, value);
  }

  Map<String, String> findings() {
    return Map.copyOf(findings);
  }

  /** What was opened last, in this JVM; it may be closed already. */
  Optional<Storage> latest() {
    synchronized (opened) {
      return Optional.ofNullable(opened.peek());
    }
  }

  Set<Capability> capabilities() throws StorageException {
    synchronized (opened) {
      Storage latest = opened.peek();
      if (latest != null) {
        return latest.capabilities();
      }
    }
    try (Storage storage = target().open()) {
      return storage.capabilities();
    }
  }

  /** The time that an ordinary call is given. */
  static Duration timeout() {
    return Deadline.scaled(CALL);
  }

  /** A session, ready for its first commit. */
  static StorageSession lead(Storage storage) throws StorageException {
    StorageSession session = storage.acquire("tck", Floor.NONE, timeout());
    session.snapshot().close();
    return session;
  }

  /** The same of a storage that {@link #open} has opened. */
  static SteadySession leadSteadily(Storage storage) throws StorageException {
    return (SteadySession) lead(storage);
  }

  static long commit(StorageSession session, Batch batch) throws StorageException {
    return session.commit(batch, timeout());
  }

  /** All records as of now, and the head with them. */
  static RegistryState read(Storage storage) throws StorageException {
    return RegistryState.drain(storage.read(timeout()));
  }

  void close() {
    children.forEach(ChildJvm::close);
    synchronized (opened) {
      opened.forEach(Storage::close);
    }
  }
}
