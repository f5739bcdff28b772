package io.registrar.tck;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Refuses to begin a run in which a backend's test of the kit is disabled as a whole, or could be
 * by a condition such as {@code @DisabledOnOs} or {@code @EnabledIf}: such a class is never asked,
 * so it could not fail by itself. JUnit finds this by its service file.
 */
public final class DisabledKits implements PostDiscoveryFilter {
  /** For JUnit. */
  public DisabledKits() {}

  /**
   * Leaves all in.
   *
   * @throws IllegalStateException for a kit that is disabled, or enabled under a condition
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
    for (@Nullable Class<?> around = kit; around != null; around = outer(around)) {
      AnnotationSupport.findAnnotation(around, Disabled.class)
          .ifPresent(disabled -> refuse(kit, "is @Disabled (" + disabled.value() + ")"));
      condition(around)
          .ifPresent(condition -> refuse(kit, "has a condition, " + condition.getName()));
    }
  }

  /** The class without which this one is not run either: the one that a nested class is in. */
  private static @Nullable Class<?> outer(Class<?> kit) {
    return Modifier.isStatic(kit.getModifiers()) ? null : kit.getEnclosingClass();
  }

  private static Optional<Class<?>> condition(Class<?> kit) {
    Stream<Class<?>> named =
        AnnotationSupport.findRepeatableAnnotations(kit, ExtendWith.class).stream()
            .flatMap(extend -> Stream.of(extend.value()));
    List<Field> registered =
        AnnotationSupport.findAnnotatedFields(
            kit, RegisterExtension.class, field -> true, HierarchyTraversalMode.TOP_DOWN);
    return Stream.concat(named, registered.stream().<Class<?>>map(Field::getType))
        .filter(ExecutionCondition.class::isAssignableFrom)
        .findFirst();
  }

  private static void refuse(Class<?> kit, String why) {
    throw new IllegalStateException(
        kit.getName()
            + " "
            + why
            + ", so that no rule of the storage contract might be tested: remove that, or exclude"
            + " single rules with a reason in "
            + Exclusions.FILE);
  }
}
