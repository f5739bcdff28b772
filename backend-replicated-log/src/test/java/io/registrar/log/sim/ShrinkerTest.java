package io.registrar.log.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void findsTheThreeDecisionsOfFiveHundredThatMatter() {
    List<Decision> all = new ArrayList<>();
    for (long i = 0; i < 500; i++) {
      all.add(new Decision.OnSync(1, i, 5));
    }
    List<Decision> guilty = List.of(all.get(17), all.get(300), all.get(499));

    List<Decision> shrunk = new Shrinker(5_000, rest -> rest.containsAll(guilty)).shrink(all);

    assertThat(shrunk).isEqualTo(guilty);
  }

  @Test
  void stopsWithTheShortestListSoFarWhenItsTriesAreUsedUp() {
    List<Decision> all =
        List.of(
            new Decision.OnSync(1, 1, 5),
            new Decision.OnSync(1, 2, 5),
            new Decision.OnSync(1, 3, 5));

    assertThat(new Shrinker(1, rest -> true).shrink(all)).hasSizeLessThan(3).isNotEmpty();
  }
}
