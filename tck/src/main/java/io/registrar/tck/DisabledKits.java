package io.registrar.tck;

import org.junit.jupiter.api.Disabled;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Refuses to begin a run in which a backend's test of the kit is disabled as a whole: such a class
 * is never asked, so it could not fail by itself. JUnit finds this by its service file.
 */
public final class DisabledKits implements PostDiscoveryFilter {
  /** For JUnit. */
  public DisabledKits() {}

  /**
   * Leaves all in.
   *
   * @throws IllegalStateException for a kit that is disabled
   */
  @Override
  public FilterResult apply(TestDescriptor test) {
    test.getSource()
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getJavaClass())
        .filter(StorageTck.class::isAssignableFrom)
        .ifPresent(DisabledKits::requireEnabled);
    return FilterResult.included("not a kit that is disabled");
  }

  private static void requireEnabled(Class<?> kit) {
    Disabled disabled = kit.getAnnotation(Disabled.class);
    if (disabled != null) {
      throw new IllegalStateException(
          kit.getName()
              + " is @Disabled, so no rule of the storage contract would be tested ("
              + disabled.value()
              + "): remove the annotation, or exclude single rules with a reason in "
              + Exclusions.FILE);
    }
  }
}
