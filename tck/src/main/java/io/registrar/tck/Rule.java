package io.registrar.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Marks a test of the kit, and gives what a failure tells the backend's author. Where JUnit's
 * parallel execution is switched on, the rules of one storage are tested beside each other.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
@Execution(ExecutionMode.CONCURRENT)
@interface Rule {
  /** The number of the rule in the storage contract. */
  String value();

  /** What the rule expects, in a sentence. */
  String expects();

  /** Where the fault is likely to be. */
  String lookAt();
}
