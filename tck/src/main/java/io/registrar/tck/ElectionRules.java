package io.registrar.tck;

import io.registrar.spi.Candidate;
import io.registrar.spi.Capability;
import io.registrar.spi.Election;
import io.registrar.spi.Leadership;
import io.registrar.spi.StorageException;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;

/**
 * Rules 8.1 to 8.3. Bind storages that declare ELECTION. On a machine that stands still a leader
 * may lose its lease at any time: whoever has been told so is no leader.
 */
interface ElectionRules extends RuleGroup {
  /** Beyond every lease that a test has reason to configure. */
  Duration LONGEST_LEASE = Duration.ofSeconds(25);

  /** How long a candidate waits in vain: long enough for a storage on a busy machine to answer. */
  Duration IN_VAIN = Duration.ofSeconds(3);

  Candidate FIRST = new Candidate("first", "http://127.0.0.1:1");
  Candidate SECOND = new Candidate("second", "http://127.0.0.1:2");

  @Rule(
      value = "8.1",
      expects = "while one candidate leads, another waits in vain, and all are told who leads",
      lookAt = "the condition under which a lease is taken")
  default void rule_8_1_atMostOneCandidateLeads() throws Exception {
    underTest().requires(Capability.ELECTION, "there are no candidates");
    Election here = underTest().open().election();
    Election there = underTest().open().election();
    Assertions.assertEquals(Optional.empty(), here.leader(RegistryUnderTest.timeout()));
    try (Leadership first = lead(here, FIRST)) {
      mustLead(FIRST, first, there);
      Optional<Leadership> second = there.campaign(SECOND, Deadline.scaled(IN_VAIN));
      Assertions.assertTrue(
          second.isEmpty() || first.awaitEnd(Duration.ZERO), "two candidates lead at once");
      second.ifPresent(Leadership::close);
    }
  }

  @Rule(
      value = "8.2",
      expects = "a leader whose process is killed is replaced, and needs nobody's help for that",
      lookAt = "leases that do not run out, and locks that outlive their process")
  default void rule_8_2_aLeaderThatDiesIsReplaced() throws Exception {
    underTest().requires(Capability.ELECTION, "there are no candidates");
    Election here = underTest().open().election();
    try (ChildJvm child = underTest().child()) {
      child.send("open");
      child.await("opened");
      child.send("campaign");
      child.await("leads");
      child.kill();
    }
    try (Leadership next = lead(here, SECOND)) {
      mustLead(SECOND, next, here);
    }
  }

  @Rule(
      value = "8.3",
      expects = "a leader that resigns has ended, and the candidate that waits leads",
      lookAt = "resign(): the lease must be given back")
  default void rule_8_3_aResignationHandsOver() throws Exception {
    underTest().requires(Capability.ELECTION, "there are no candidates");
    Election here = underTest().open().election();
    Election there = underTest().open().election();
    Leadership first = lead(here, FIRST);
    try (Workers workers = new Workers()) {
      Future<Leadership> waiting = workers.start(() -> lead(there, SECOND));
      first.resign();
      first.resign();
      Assertions.assertTrue(first.awaitEnd(Duration.ZERO), "a resigned leadership has ended");
      try (Leadership second = Workers.result(waiting)) {
        mustLead(SECOND, second, here);
      }
    }
  }

  private static void mustLead(Candidate candidate, Leadership leadership, Election asked)
      throws Exception {
    Optional<Candidate> told = asked.leader(RegistryUnderTest.timeout());
    Assertions.assertTrue(
        told.equals(Optional.of(candidate)) || leadership.awaitEnd(Duration.ZERO),
        () -> candidate.id() + " leads, and the leader is told as " + told);
  }

  private static Leadership lead(Election election, Candidate candidate) throws StorageException {
    return election
        .campaign(candidate, Deadline.scaled(LONGEST_LEASE))
        .orElseThrow(
            () -> new AssertionError(candidate.id() + " has not led within " + LONGEST_LEASE));
  }
}
