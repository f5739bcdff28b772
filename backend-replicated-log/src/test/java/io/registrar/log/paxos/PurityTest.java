package io.registrar.log.paxos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The core is a plain function of its inputs: no clock, thread, I/O, logging, randomness of its
 * own, shared state, or order that hangs on identity.
 */
class PurityTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.registrar.log.paxos");

  /** Of the JDK, only these few packages, and of them not the types that break the rule. */
  private static final Set<String> PACKAGES =
      Set.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.util",
          "java.util.function",
          "java.util.stream",
          "io.registrar.log.paxos",
          "org.jspecify.annotations");

  private static final Set<String> IMPURE =
      Set.of(
          "java.lang.System",
          "java.lang.Thread",
          "java.lang.Runtime",
          "java.lang.Process",
          "java.lang.ThreadLocal",
          "java.lang.Math$RandomNumberGeneratorHolder",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.UUID",
          "java.util.Timer",
          "java.util.Date",
          "java.util.Calendar",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap",
          "java.util.Locale",
          "java.util.Scanner",
          "java.util.TimeZone");

  @Test
  void usesNothingButValuesAndOrderedCollections() {
    classes().should().onlyDependOnClassesThat(allowed()).check(CORE);
  }

  @Test
  void copiesArraysWithSystemAndCallsNothingElseOfIt() {
    noClasses().should().callMethod(System.class, "nanoTime").check(CORE);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CORE);
    noClasses().should().callMethod(System.class, "identityHashCode", Object.class).check(CORE);
    noClasses().should().callMethod(Math.class, "random").check(CORE);
    noClasses().should().accessField(System.class, "out").check(CORE);
    noClasses().should().accessField(System.class, "err").check(CORE);
  }

  @Test
  void keepsNoStateInStatics() {
    fields().that().areStatic().should().beFinal().check(CORE);
    noFields()
        .that()
        .areStatic()
        .should()
        .haveRawType(
            DescribedPredicate.describe(
                "a collection",
                (JavaClass type) -> type.isAssignableTo(java.util.Collection.class)))
        .check(CORE);
  }

  @Test
  void noFileIsLong() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/registrar/log/paxos"))) {
      for (Path file : files.toList()) {
        List<String> lines = Files.readAllLines(file);
        org.assertj.core.api.Assertions.assertThat(lines)
            .as("lines of %s", file.getFileName())
            .hasSizeLessThanOrEqualTo(400);
      }
    }
  }

  private static DescribedPredicate<JavaClass> allowed() {
    return DescribedPredicate.describe(
        "pure",
        type -> {
          JavaClass base = type.getBaseComponentType();
          boolean named = PACKAGES.contains(base.getPackageName()) || base.isPrimitive();
          boolean system = base.getName().equals("java.lang.System");
          return named && (system || !IMPURE.contains(base.getName()));
        });
  }
}
