package io.registrar.tck;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compatibility test kit: a storage keeps the contract if a class that extends this one passes.
 *
 * <pre>{@code
 * class MyStorageTest extends StorageTck {
 *   @Override
 *   protected StorageTarget target(Path directory) {
 *     return StorageTarget.of(MyStorageProvider.class, directory);
 *   }
 * }
 * }</pre>
 *
 * <p>Every test is named by its rule ({@code rule_2_3_...} tests rule 2.3), and a failure says what
 * was expected, what happened and where to look. The storage's declared capabilities decide what
 * binds it: what is declared is tested and cannot be skipped, overridden or disabled; what is not
 * declared is tested to refuse. What a rule needs and a backend alone can do is in {@link #faults}.
 *
 * <p>Some rules start the storage in child JVMs, and kill them. On a slow machine, set the system
 * property {@code registrar.tck.timeFactor} to more than 1.
 */
@ExtendWith(RuleExtension.class)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StorageTck
    implements RecordRules,
        LimitRules,
        CommitRules,
        DurabilityRules,
        FencingRules,
        TakeoverRules,
        SharedRules,
        ReadingRules,
        SnapshotRules,
        OutcomeRules,
        ConnectionRules,
        LifeCycleRules,
        ReopeningRules,
        DamageRules,
        FullDiskRules,
        CapabilityRules,
        ElectionRules,
        ChangeRules,
        HistoryRules {

  private RegistryUnderTest underTest = RegistryUnderTest.NONE;

  /** For the classes that extend it. */
  protected StorageTck() {}

  /**
   * A fresh registry, which nobody has ever opened and no other test will. A test may ask for
   * several, and use them beside each other.
   *
   * @param directory an empty directory of this registry's own, deleted after the test
   */
  protected abstract StorageTarget target(Path directory);

  /** What the kit may do to the engine; nothing, unless overridden. */
  protected Faults faults() {
    return Faults.none();
  }

  /** The command that runs one test alone, for whoever reads that it failed. */
  protected String repeat(String test) {
    return "mvn -Dtest=" + getClass().getSimpleName() + "#" + test + " test";
  }

  @BeforeEach
  final void begin(@TempDir Path directory) {
    underTest = new RegistryUnderTest(this::target, faults(), directory);
  }

  @AfterEach
  final void end() throws IOException {
    underTest.close();
  }

  @Override
  public final RegistryUnderTest underTest() {
    return underTest;
  }
}
