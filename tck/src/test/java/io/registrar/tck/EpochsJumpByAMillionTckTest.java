package io.registrar.tck;

class EpochsJumpByAMillionTckTest extends OddTck {
  EpochsJumpByAMillionTckTest() {
    super(OddStorages.EpochsJumpByAMillion.class);
  }
}
