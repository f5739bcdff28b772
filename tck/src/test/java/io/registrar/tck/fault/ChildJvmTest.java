package io.registrar.tck.fault;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChildJvmTest {
  private static final Duration LIFE = Duration.ofSeconds(30);
  private static final int STATUS_OF_SIGKILL = 137;
  private static final int LINES_OF_FLOOD = 200;
  private static final String FLOOD =
      IntStream.range(0, LINES_OF_FLOOD).mapToObj(i -> "line " + i + "\n").collect(joining());

  /** Says everything twice, and ends on demand. */
  public static final class Echo {
    public static void main(String[] arguments) throws Exception {
      System.out.println("ready " + String.join(",", arguments));
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("end ")) {
          System.err.println("told to end");
          System.exit(Integer.parseInt(line.substring(4)));
        }
        if (line.equals("flood")) {
          // One write, smaller than what a pipe takes at once: said whole or not at all.
          System.out.print(FLOOD);
          System.out.flush();
          continue;
        }
        System.out.println(line + " " + line);
      }
    }
  }

  @Test
  void speaksByLines() throws Exception {
    try (ChildJvm child = ChildJvm.start(Echo.class, LIFE, "a", "b c")) {
      assertThat(child.readLine()).isEqualTo("ready a,b c");
      child.send("x");
      child.send("y");
      assertThat(child.await("y")).isEqualTo("y y");
    }
  }

  @Test
  void isKilledAndReaped() throws Exception {
    ChildJvm child = ChildJvm.start(Echo.class, LIFE);
    child.await("ready");
    child.kill();
    assertThat(child.isAlive()).isFalse();
    assertThat(child.awaitExit()).isEqualTo(STATUS_OF_SIGKILL);
    assertThat(ProcessHandle.of(child.pid())).isEmpty();
    child.close();
    child.close();
  }

  @Test
  void whatItHadSaidBeforeItWasKilledIsNotLost() throws Exception {
    try (ChildJvm child = ChildJvm.start(Echo.class, LIFE)) {
      child.await("ready");
      child.send("flood");
      child.await("line 10");
      child.kill();
      assertThat(child.drain()).hasSize(LINES_OF_FLOOD - 11).last().isEqualTo("line 199");
    }
  }

  @Test
  void standsStillBetweenStopAndResume() throws Exception {
    try (ChildJvm child = ChildJvm.start(Echo.class, LIFE)) {
      child.await("ready");
      child.stop();
      child.send("x");
      assertThat(child.drain()).isEmpty();
      child.resume();
      assertThat(child.readLine()).isEqualTo("x x");
    }
  }

  @Test
  void isKilledWhileItStandsStill() throws Exception {
    ChildJvm child = ChildJvm.start(Echo.class, LIFE);
    child.await("ready");
    child.stop();
    child.close();
    assertThat(child.awaitExit()).isEqualTo(STATUS_OF_SIGKILL);
  }

  @Test
  void aChildThatEndsIsNotWaitedFor() throws Exception {
    try (ChildJvm child = ChildJvm.start(Echo.class, LIFE)) {
      child.await("ready");
      child.send("end 3");
      assertThatThrownBy(child::readLine)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("status 3")
          .hasMessageContaining("told to end");
      assertThat(child.awaitExit()).isEqualTo(3);
    }
  }

  @Test
  void aChildThatIsSilentIsWaitedForUntilItsDeadline() throws Exception {
    try (ChildJvm child = ChildJvm.start(Echo.class, Duration.ofSeconds(3))) {
      child.await("ready");
      assertThatThrownBy(child::readLine)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("before its deadline");
    }
  }

  @Test
  void itsJvmTakesOptions() throws Exception {
    List<String> options = List.of("-Dregistrar.tck.timeFactor=7");
    try (ChildJvm child = ChildJvm.start(Factor.class, LIFE, options, List.of())) {
      assertThat(child.readLine()).isEqualTo("PT7S");
    }
  }

  /** Tells how long a second is. */
  public static final class Factor {
    public static void main(String[] arguments) {
      System.out.println(Deadline.scaled(Duration.ofSeconds(1)));
    }
  }
}
