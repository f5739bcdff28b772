package io.registrar.example.master;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may use which; {@code docs/architecture.md} says why. */
@AnalyzeClasses(packages = "io.registrar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] BACKENDS = {
    "io.registrar.leveldb..",
    "io.registrar.jdbc..",
    "io.registrar.zookeeper..",
    "io.registrar.log.."
  };

  @ArchTest
  static final ArchRule theContractStandsAlone =
      classes()
          .that()
          .resideInAPackage("io.registrar.spi")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.registrar.spi", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule recordsKnowNoRegistrar =
      noClasses()
          .that()
          .resideInAPackage("io.registrar.record")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.registrar", "io.registrar.operation..", "io.registrar.failover..");

  @ArchTest
  static final ArchRule theRegistrarKnowsNoOperation =
      noClasses()
          .that()
          .resideInAPackage("io.registrar")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.registrar.operation..", "io.registrar.failover..");

  @ArchTest
  static final ArchRule nobodyKnowsABackend =
      noClasses()
          .that()
          .resideOutsideOfPackages(BACKENDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BACKENDS)
          .because("a storage is chosen by its name, and found on the class path");

  @ArchTest
  static final ArchRule aBackendKnowsTheContractAlone =
      noClasses()
          .that()
          .resideInAnyPackage(BACKENDS)
          .or()
          .resideInAPackage("io.registrar.memory")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.registrar",
              "io.registrar.record..",
              "io.registrar.operation..",
              "io.registrar.failover..",
              "io.registrar.tck..",
              "io.registrar.example..");

  @ArchTest
  static final ArchRule theLibraryWorksWithoutGuice =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.registrar.guice", "io.registrar.example..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.inject..", "io.registrar.guice..");

  @ArchTest
  static final ArchRule noBackendKnowsAnother =
      slices()
          .matching("io.registrar.(leveldb|jdbc|zookeeper|log)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("io.registrar.(*)..").should().beFreeOfCycles();
}
