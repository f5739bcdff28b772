package io.registrar.log.ensemble;

import io.registrar.tck.fault.SmallDisk;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the members of an ensemble of three live in, and what was done to them so far. */
final class Surroundings {
  private final NamespaceNetwork network;
  private final SmallDisk disk;
  private final Map<String, Integer> counts = new TreeMap<>();

  Surroundings(NamespaceNetwork network, SmallDisk disk) {
    this.network = network;
    this.disk = disk;
  }

  NamespaceNetwork network() {
    return network;
  }

  /** The disk of the member that has a small one. */
  SmallDisk smallDisk() {
    return disk;
  }

  int next(WorkingMember member) {
    return member.id() % 3 + 1;
  }

  int overNext(WorkingMember member) {
    return (member.id() + 1) % 3 + 1;
  }

  /** A process that was killed, with its clients. */
  void startAgain(WorkingMember member) throws Exception {
    member.start();
    member.awaitOpen();
    member.work();
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** How often what has happened. */
  List<String> counts() {
    return counts.entrySet().stream().map(it -> it.getKey() + ": " + it.getValue()).toList();
  }
}
