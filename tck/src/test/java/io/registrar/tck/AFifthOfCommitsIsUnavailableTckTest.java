package io.registrar.tck;

class AFifthOfCommitsIsUnavailableTckTest extends OddTck {
  AFifthOfCommitsIsUnavailableTckTest() {
    super(OddStorages.AFifthOfCommitsIsUnavailable.class);
  }
}
