package io.registrar.operation.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.memory.InMemoryStorage;
import io.registrar.operation.model.Expected.Verdict;
import io.registrar.record.MasterInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of all operations do what the model says: the same outcomes, answers and causes
 * of refusal, and the same records, before and after a failover. A sequence is its number: to see
 * one again, call {@code play} with it.
 */
class OperationsAgainstModelTest {
  private static final int SEQUENCES = 1_500;
  private static final int MANY_SEQUENCES = 10_000;
  private static final int STEPS = 20;

  private final Map<String, Set<Verdict>> seen = new TreeMap<>();

  @Test
  void randomSequencesDoAsTheRulesSay() throws Exception {
    playAll(1, SEQUENCES);
  }

  @Test
  @Tag("full")
  void manyMoreDoToo() throws Exception {
    playAll(SEQUENCES + 1, MANY_SEQUENCES);
  }

  private void playAll(int first, int last) throws Exception {
    for (int number = first; number <= last; number++) {
      play(number);
    }
    assertThat(seen.keySet()).isEqualTo(operations());
    seen.forEach(
        (operation, verdicts) ->
            assertThat(verdicts).as(operation).contains(Verdict.APPLIED).hasSizeGreaterThan(1));
  }

  private void play(int number) throws Exception {
    RandomSteps steps = new RandomSteps(number);
    InMemoryStorage storage = new InMemoryStorage();
    World world = new World();
    List<Operation<?>> played = new ArrayList<>();
    try (Registrar registrar = recover(storage, "m1")) {
      while (played.size() < STEPS) {
        world = playBurst(number, steps, registrar, world, played);
      }
    }
    try (Registrar registrar = recover(storage, "m2")) {
      assertThat(World.of(registrar.registry()))
          .as("sequence %d after a failover, having played %s", number, played)
          .isEqualTo(world.records());
    }
  }

  private World playBurst(
      int number, RandomSteps steps, Registrar registrar, World world, List<Operation<?>> played)
      throws Exception {
    List<Step.Result> due = new ArrayList<>();
    List<CompletableFuture<? extends Outcome<?>>> answers = new ArrayList<>();
    int first = played.size();
    World now = world;
    for (int left = steps.burst(); left > 0; left--) {
      Step step = steps.next();
      Step.Result result = step.rule().on(now);
      now = result.world();
      due.add(result);
      answers.add(registrar.apply(step.operation(), Principal.MASTER));
      played.add(step.operation());
    }
    for (int i = 0; i < due.size(); i++) {
      Expected expected = due.get(i).expected();
      Operation<?> operation = played.get(first + i);
      Expected actual = Expected.of(answers.get(i).get(10, TimeUnit.SECONDS));
      if (!actual.equals(expected)) { // the description of a failure is dear, and seldom needed
        assertThat(actual)
            .as("sequence %d, step %d of %s", number, first + i, played)
            .isEqualTo(expected);
      }
      seen.computeIfAbsent(operation.getClass().getSimpleName(), name -> new TreeSet<>())
          .add(actual.verdict());
    }
    assertThat(World.of(registrar.registry()))
        .as("sequence %d, after step %d", number, played.size() - 1)
        .isEqualTo(now.records());
    return now;
  }

  private static Registrar recover(InMemoryStorage storage, String master) throws Exception {
    return Registrar.recover(
        storage, RegistrarOptions.leading(new MasterInfo(master, "h", "", "test")).build());
  }

  /** The operations that there are, by the files of their classes. */
  private static Set<String> operations() throws IOException, ReflectiveOperationException {
    Path classes =
        Path.of(
            io.registrar.operation.AdmitAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath(),
            "io/registrar/operation");
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.collect(Collectors.toList())) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.contains("$") && !name.equals("package-info")) {
          Class<?> type = Class.forName("io.registrar.operation." + name);
          if (Operation.class.isAssignableFrom(type)) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }
}
