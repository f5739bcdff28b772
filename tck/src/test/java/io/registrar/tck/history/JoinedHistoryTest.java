package io.registrar.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.Batch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinedHistoryTest {
  private static final Duration CALL = Duration.ofSeconds(1);

  private final JoinedHistory history = new JoinedHistory(7, CALL);
  private final Batch batch = Operation.batch(5, 0);
  private final State after = marked(State.empty().after(batch, 1));

  private static State marked(State state) {
    state.markers().putAll(Map.of(5, 0L));
    return state;
  }

  private static String line(Call call) {
    return CallText.write(call);
  }

  private static Call.Commit commit(long completed, Call.Outcome outcome, long version) {
    return new Call.Commit(1, 1, 5, 0, 10, completed, outcome, version);
  }

  @Test
  void aStateIsReadAsItWasWritten() {
    assertThat(StateText.read(StateText.write(after))).isEqualTo(after);
    assertThat(StateText.read(StateText.write(State.empty()))).isEqualTo(State.empty());
  }

  @Test
  void whatTwoProcessesSayBelongsTogether() {
    history.begin(StateText.write(State.empty()));
    history.add(line(commit(Call.NEVER, Call.Outcome.UNKNOWN, 0)));
    JoinedHistory.Progress committed = history.add(line(commit(20, Call.Outcome.COMMITTED, 1)));
    JoinedHistory.Progress read = history.add(line(new Call.Read(3, 30, 40, after.seen())));
    assertThat(committed)
        .isEqualTo(new JoinedHistory.Progress(10, JoinedHistory.Progress.Kind.COMMITTED));
    assertThat(read).isEqualTo(new JoinedHistory.Progress(30, JoinedHistory.Progress.Kind.READ));
    assertThat(history.size()).isEqualTo(2);
    assertThat(history.committed()).isEqualTo(1);
    assertThat(history.check(StateText.write(after), CALL)).isEmpty();
  }

  @Test
  void whatIsLostIsFound() {
    history.begin(StateText.write(State.empty()));
    history.add(line(commit(20, Call.Outcome.COMMITTED, 1)));
    history.add(line(new Call.Read(3, 30, 40, State.empty().seen())));
    List<String> wrong = history.check(StateText.write(State.empty()), CALL);
    assertThat(wrong).anyMatch(it -> it.startsWith("H2")).anyMatch(it -> it.startsWith("H6"));
  }

  @Test
  void aLineThatAKillHasCutIsNoCall() {
    String whole = line(commit(20, Call.Outcome.COMMITTED, 1));
    JoinedHistory.Progress progress = history.add(whole.substring(0, whole.length() - 1));
    assertThat(progress).isEqualTo(new JoinedHistory.Progress(0, JoinedHistory.Progress.Kind.NONE));
    assertThat(history.size()).isZero();
  }

  @Test
  void noTwoRunsShareABatchOrAClient() {
    assertThat(history.nextRun()).isNotEqualTo(history.nextRun());
    String[] first = history.nextRun().split(" ");
    String[] second = history.nextRun().split(" ");
    assertThat(Integer.parseInt(second[2]) - Integer.parseInt(first[2])).isGreaterThan(100_000);
    assertThat(Integer.parseInt(second[3]) - Integer.parseInt(first[3]))
        .isEqualTo(HistoryWorker.CLIENTS);
  }
}
