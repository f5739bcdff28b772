package io.registrar.log.sim;

/** The shapes in which links fail, each as the set of directed links that are cut. */
final class Partition {
  private Partition() {}

  static long draw(Chance chance, int processes) {
    return switch (chance.below(6)) {
      case 0 -> isolate(chance.below(processes), processes);
      case 1 -> halves(chance.bits(), processes);
      case 2 -> bridge(chance.below(processes), chance.bits(), processes);
      case 3 -> ring(processes);
      case 4 -> oneWay(chance.below(processes), processes);
      default -> randomGraph(chance, processes);
    };
  }

  private static long isolate(int alone, int processes) {
    return cutWhere(processes, (from, to) -> from == alone || to == alone);
  }

  private static long halves(long sides, int processes) {
    return cutWhere(processes, (from, to) -> side(sides, from) != side(sides, to));
  }

  /** Two halves that only the bridge can reach. */
  private static long bridge(int bridge, long sides, int processes) {
    return cutWhere(
        processes,
        (from, to) -> from != bridge && to != bridge && side(sides, from) != side(sides, to));
  }

  /**
   * Everyone reaches two neighbours alone, so every one sees a majority of three and nobody the
   * same.
   */
  private static long ring(int processes) {
    return cutWhere(
        processes,
        (from, to) -> {
          int apart = Math.floorMod(from - to, processes);
          return apart != 1 && apart != processes - 1;
        });
  }

  /** One that hears and is not heard. */
  static long oneWay(int mute, int processes) {
    return cutWhere(processes, (from, to) -> from == mute);
  }

  private static long randomGraph(Chance chance, int processes) {
    int perMille = 100 + chance.below(700);
    return cutWhere(processes, (from, to) -> chance.perMille(perMille));
  }

  private static boolean side(long sides, int process) {
    return (sides >>> process & 1) != 0;
  }

  private interface Link {
    boolean cut(int from, int to);
  }

  private static long cutWhere(int processes, Link link) {
    long links = 0;
    for (int from = 0; from < processes; from++) {
      for (int to = 0; to < processes; to++) {
        if (from != to && link.cut(from, to)) {
          links |= Network.link(from, to);
        }
      }
    }
    return links;
  }
}
