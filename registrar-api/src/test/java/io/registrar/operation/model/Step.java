package io.registrar.operation.model;

import io.registrar.Operation;

/**
 * One step of a sequence.
 *
 * @param operation what the registrar is asked
 * @param rule what that is to do
 */
record Step(Operation<?> operation, Rule rule) {
  /**
   * @param world the model afterwards
   * @param expected what is to become of the operation
   */
  record Result(World world, Expected expected) {}
}
