package io.registrar.tck;

class EveryCallIsSlowTckTest extends OddTck {
  EveryCallIsSlowTckTest() {
    super(OddStorages.EveryCallIsSlow.class);
  }
}
