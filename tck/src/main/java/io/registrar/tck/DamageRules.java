package io.registrar.tck;

import io.registrar.spi.IncompatibleException;
import io.registrar.tck.fault.FileDamage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;

/** Rules 7.1 and 7.2: stored bytes that were changed, lost, set back, or are not ours. */
interface DamageRules extends RuleGroup {
  @Rule(
      value = "7.1",
      expects = "a changed byte, wherever it is, is detected, or changes no record",
      lookAt = "checksums of every file, and whether they are checked on every read")
  default void rule_7_1_aChangedByteIsNeverServed() throws Exception {
    LedRegistry led = LedRegistry.written(underTest(), offeredFiles());
    Random random = new Random(71);
    for (Path file : led.files()) {
      led.restore();
      long size = Files.size(file);
      Set<Long> offsets = new TreeSet<>(Set.of(0L, size / 2, size - 1));
      random.longs(5, 0, size).forEach(offsets::add);
      for (long offset : offsets) {
        led.restore();
        FileDamage.flip(file, offset, 1 << random.nextInt(8));
        led.mustRefuseOrBeWhole("byte " + offset + " of " + size + " in " + file + " was changed");
      }
    }
  }

  @Rule(
      value = "7.1",
      expects = "a lost file, or the lost half of one, is detected, or changes no record",
      lookAt = "files that are created anew where they are missing; logs read to their first end")
  default void rule_7_1_aLostFileIsNeverServedAsNothing() throws Exception {
    LedRegistry led = LedRegistry.written(underTest(), offeredFiles());
    for (Path file : led.files()) {
      led.restore();
      FileDamage.truncate(file, Files.size(file) / 2);
      led.mustRefuseOrBeWhole("half of " + file + " was lost");
      led.restore();
      Files.delete(file);
      led.mustRefuseOrBeWhole(file + " was lost");
    }
  }

  @Rule(
      value = "7.1",
      expects =
          "a whole store set back to an older state is detected, through the witness at least",
      lookAt = "version and epoch as they are read back")
  default void rule_7_1_aStoreSetBackIsDetected() throws Exception {
    LedRegistry led = LedRegistry.written(underTest(), offeredFiles());
    led.writeMore();
    led.setBack();
    Assertions.assertTrue(led.refuses(), "a store set back to an older state was led");
  }

  @Rule(
      value = "7.2",
      expects = "another format in the registry's place is refused, saying so, and left as it is",
      lookAt = "what open() takes for an empty registry")
  default void rule_7_2_AnotherFormatIsRefused() throws Exception {
    Faults.Disguise disguise =
        underTest()
            .faults()
            .foreign()
            .orElseThrow(() -> new NotApplicable("the backend offers no other format"));
    disguise.lay(underTest().target());
    for (int i = 0; i < 2; i++) {
      Refusals.refused(
          IncompatibleException.class,
          "using another format",
          () -> RegistryUnderTest.lead(underTest().open()));
    }
  }

  private Path offeredFiles() {
    return underTest()
        .faults()
        .files()
        .orElseThrow(() -> new NotApplicable("the backend offers no files to damage"))
        .of(underTest().target());
  }
}
