package io.registrar.tck;

/** Rules that belong together; their tests are default methods, so that one class has them all. */
interface RuleGroup {
  /** The registry that this test has to itself. */
  RegistryUnderTest underTest();
}
