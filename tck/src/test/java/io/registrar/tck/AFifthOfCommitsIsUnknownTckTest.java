package io.registrar.tck;

class AFifthOfCommitsIsUnknownTckTest extends OddTck {
  AFifthOfCommitsIsUnknownTckTest() {
    super(OddStorages.AFifthOfCommitsIsUnknown.class);
  }
}
