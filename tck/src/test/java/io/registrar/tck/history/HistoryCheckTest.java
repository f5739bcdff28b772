package io.registrar.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.record.Digest;
import io.registrar.tck.history.Call.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker can fail: one bad history for each case that it must tell apart. */
class HistoryCheckTest {
  private final List<Call> calls = new ArrayList<>();
  private State after = State.empty();
  private long clock;

  /** Client 1 acquires epoch 1 and commits batches 1 and 2 as versions 1 and 2. */
  @BeforeEach
  void twoGoodCommits() {
    acquired(1, 1);
    committed(1, 1, 1, 0);
    takesEffect(1, 0);
    committed(1, 1, 2, 1);
    takesEffect(2, 1);
  }

  @Test
  void aGoodHistoryIsAccepted() {
    read(2);
    acquired(2, 2);
    told(2, 2, 3, 2, Outcome.UNKNOWN);
    told(1, 1, 4, 2, Outcome.FENCED);
    told(2, 2, 5, 2, Outcome.NO_EFFECT);
    assertThat(check()).isEmpty();
  }

  @Test
  void acknowledgedAndAbsentIsALoss() {
    committed(1, 1, 3, 2);
    assertThat(rules()).containsExactly("H2");
  }

  @Test
  void acknowledgedReadAndGoneIsALossAndADirtyRead() {
    State kept = after.copy();
    committed(1, 1, 3, 2);
    takesEffect(3, 2);
    read(2);
    after = kept;
    assertThat(rules()).contains("H2", "H6", "H10");
  }

  @Test
  void acknowledgedAtAnotherVersionIsFound() {
    told(1, 1, 3, 2, Outcome.COMMITTED, 7);
    takesEffect(3, 2);
    assertThat(rules()).containsExactly("H2");
  }

  @Test
  void acknowledgedToAFencedSessionIsFound() {
    acquired(2, 2);
    committed(1, 1, 3, 2);
    takesEffect(3, 2);
    assertThat(rules()).containsExactlyInAnyOrder("H9");
    assertThat(check()).hasSize(2);
  }

  @Test
  void aPartOfABatchIsFound() {
    committed(1, 1, 3, 2);
    takesEffect(3, 2);
    State whole = after;
    Digest part = whole.digest().minus(whole.records().values().iterator().next());
    calls.add(new Call.Read(2, ++clock, ++clock, new Call.Seen(3, part, whole.headOp())));
    assertThat(rules()).containsExactly("H10");
  }

  @Test
  void aHeaderOfAnotherBatchIsFound() {
    calls.add(new Call.Read(2, ++clock, ++clock, new Call.Seen(2, after.digest(), 1)));
    assertThat(rules()).containsExactly("H10");
  }

  @Test
  void toldAsFailedAndPresentIsALie() {
    told(1, 1, 3, 2, Outcome.NO_EFFECT);
    takesEffect(3, 2);
    assertThat(rules()).containsExactly("H3");
  }

  @Test
  void anUnknownThatLandsAfterTheFenceIsFound() {
    told(1, 1, 3, 2, Outcome.UNKNOWN);
    acquired(2, 2);
    takesEffect(3, 2);
    assertThat(rules()).containsExactly("H4");
  }

  @Test
  void anUnknownThatWasThereAndIsGoneIsFound() {
    State kept = after.copy();
    told(1, 1, 3, 2, Outcome.UNKNOWN);
    takesEffect(3, 2);
    acquired(2, 2);
    after = kept;
    assertThat(rules()).contains("H10");
  }

  @Test
  void twoBatchesOnOneVersionAreAFork() {
    committed(1, 1, 3, 1);
    takesEffect(3, 1);
    assertThat(rules()).contains("H1");
  }

  @Test
  void oneBatchAppliedTwiceLeavesAVersionThatNobodyMade() {
    after = new State(3, 2, after.records(), after.digest(), after.markers());
    assertThat(rules()).containsExactly("H1");
  }

  @Test
  void aBatchThatNobodyCommittedIsFound() {
    takesEffect(9, 2);
    assertThat(rules()).contains("H1");
  }

  @Test
  void commitsOutOfRealTimeAreFound() {
    calls.add(new Call.Commit(1, 1, 3, 2, 50, 60, Outcome.UNKNOWN, 0));
    takesEffect(3, 2);
    calls.add(new Call.Commit(1, 1, 4, 3, 20, 30, Outcome.COMMITTED, 4));
    takesEffect(4, 3);
    assertThat(rules()).containsExactly("H5");
  }

  @Test
  void aStaleReadIsFound() {
    State old = State.empty();
    old = old.after(Operation.batch(1, 0), 1);
    calls.add(new Call.Read(3, ++clock, ++clock, old.seen()));
    assertThat(rules()).containsExactly("H6");
  }

  @Test
  void aReadFromTheFutureIsFound() {
    calls.add(new Call.Read(3, ++clock, ++clock, afterOneMore().seen()));
    committed(1, 1, 3, 2);
    takesEffect(3, 2);
    assertThat(rules()).containsExactly("H6");
  }

  @Test
  void aClientThatGoesBackIsFound() {
    long began = ++clock;
    State old = State.empty().after(Operation.batch(1, 0), 1);
    calls.clear();
    calls.add(new Call.Acquired(1, 1, 2, 1, State.empty().seen()));
    calls.add(new Call.Commit(1, 1, 1, 0, 3, 4, Outcome.COMMITTED, 1));
    calls.add(new Call.Commit(1, 1, 2, 1, 5, began + 100, Outcome.COMMITTED, 2));
    calls.add(new Call.Read(2, began, began + 1, after.seen()));
    calls.add(new Call.Read(2, began + 2, began + 3, old.seen()));
    assertThat(rules()).containsExactly("H7");
  }

  @Test
  void fencedByNobodyIsFound() {
    told(1, 1, 3, 2, Outcome.FENCED);
    assertThat(rules()).containsExactly("H8");
  }

  @Test
  void oneEpochForTwoIsFound() {
    acquired(2, 1);
    assertThat(rules()).contains("H9");
  }

  @Test
  void epochsThatFallAreFound() {
    acquired(2, 9);
    acquired(3, 5);
    assertThat(rules()).containsExactly("H9");
  }

  @Test
  void aCallThatTakesTooLongIsFound() {
    long began = ++clock;
    clock += Duration.ofSeconds(11).toNanos();
    calls.add(new Call.AcquireFailed(2, began, clock));
    assertThat(rules()).containsExactly("H11");
  }

  @Test
  void everyCallSurvivesItsText() {
    read(2);
    calls.add(new Call.AcquireFailed(2, 1, 2));
    told(1, 1, 3, 2, Outcome.FENCED);
    assertThat(calls.stream().map(CallText::write)).allMatch(CallText::isWhole);
    assertThat(calls.stream().map(CallText::write).map(CallText::read).toList()).isEqualTo(calls);
  }

  private List<Violation> check() {
    return HistoryCheck.of(new History(State.empty(), calls, after), Duration.ofSeconds(10));
  }

  private TreeSet<String> rules() {
    TreeSet<String> rules = new TreeSet<>();
    check().forEach(violation -> rules.add(violation.rule()));
    return rules;
  }

  private State afterOneMore() {
    return after.copy().after(Operation.batch(3, 2), 3);
  }

  private void acquired(int client, long epoch) {
    calls.add(new Call.Acquired(client, ++clock, ++clock, epoch, after.seen()));
  }

  private void read(int client) {
    calls.add(new Call.Read(client, ++clock, ++clock, after.seen()));
  }

  private void committed(int client, long epoch, int op, long base) {
    told(client, epoch, op, base, Outcome.COMMITTED, base + 1);
  }

  private void told(int client, long epoch, int op, long base, Outcome outcome) {
    told(client, epoch, op, base, outcome, 0);
  }

  private void told(int client, long epoch, int op, long base, Outcome outcome, long version) {
    calls.add(new Call.Commit(client, epoch, op, base, ++clock, ++clock, outcome, version));
  }

  private void takesEffect(int op, long base) {
    TreeMap<Integer, Long> markers = new TreeMap<>(after.markers());
    markers.put(op, base);
    State next = after.copy().after(Operation.batch(op, base), base + 1);
    after = new State(base + 1, op, next.records(), next.digest(), markers);
  }
}
