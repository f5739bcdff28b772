package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.util.Optional;
import java.util.Set;

/** Whether a hello is taken. */
final class Vetting {
  private final MemberId self;

  Vetting(MemberId self) {
    this.self = self;
  }

  /**
   * Checks a hello, whether it is the first word or the answer.
   *
   * @param certified whom the certificate names; empty where there is no TLS
   * @throws RefusedException if it is not taken
   */
  void check(Hello hello, Optional<Set<MemberId>> certified) throws RefusedException {
    MemberId claimed = hello.who().member().id();
    if (certified.isPresent() && !certified.get().contains(claimed)) {
      throw new RefusedException(
          Refusal.NOT_CERTIFIED,
          "its certificate is not for member "
              + claimed.value()
              + ": it needs the DNS name member-"
              + claimed.value()
              + " among its subject alternative names");
    }
    if (claimed.equals(self)) {
      throw new RefusedException(
          Refusal.OWN_PLACE,
          "it says that it is member "
              + self.value()
              + ", which is this one: give each master its own id, and check the addresses");
    }
  }
}
