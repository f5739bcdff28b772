package io.registrar.cli.tck;

import io.registrar.tck.Faults;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** The kit's class for a storage of which only the name and the options are known. */
final class StorageByName extends StorageTck {
  /** JUnit makes the instances, so what they are to test cannot be handed to them. */
  private static final AtomicReference<KitPlan> PLAN = new AtomicReference<>();

  StorageByName() {}

  /** Sets what all instances test from now on. */
  static void test(KitPlan plan) {
    PLAN.set(plan);
  }

  @Override
  protected StorageTarget target(Path directory) {
    return plan().target(directory);
  }

  @Override
  protected Faults faults() {
    return plan().faults();
  }

  private static KitPlan plan() {
    KitPlan plan = PLAN.get();
    if (plan == null) {
      throw new IllegalStateException("the class is run by the verb tck alone");
    }
    return plan;
  }

  @Override
  protected String repeat(String test) {
    return "the same command with --only=" + test;
  }
}
