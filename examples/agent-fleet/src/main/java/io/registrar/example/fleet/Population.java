package io.registrar.example.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Who the agents of a fleet are: everything about an agent follows from the fleet's seed, its
 * number and its generation, so that a record can be compared without having been kept.
 * Thread-safe.
 */
final class Population {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> REGIONS =
      List.of("eu-west-1", "eu-north-1", "us-east-2", "ap-1");
  private static final List<String> MACHINES =
      List.of("m5.xlarge", "m5.4xlarge", "c6.2xlarge", "r6");
  private static final List<String> SYSTEMS = List.of("debian-12", "ubuntu-24.04", "rocky-9");
  private static final int[] CORES = {4, 8, 16, 32, 64, 96};

  private final long seed;
  private final String prefix;

  Population(long seed) {
    this.seed = seed;
    this.prefix = "fleet-" + seed + "-S";
  }

  long seed() {
    return seed;
  }

  String id(int number) {
    return prefix + number;
  }

  /** The number of the agent with this id, or empty if it is none of this fleet. */
  OptionalInt number(String id) {
    String digits = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    boolean canonical = digits.matches("0|[1-9][0-9]{0,8}");
    return canonical ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
  }

  /** Whether this looks like an id of this fleet, even if it is no agent's. */
  boolean claims(String id) {
    return id.startsWith(prefix);
  }

  /** What an agent says of itself: hostname, port, attributes, resources; about 300 bytes. */
  JsonNode description(int number, int generation) {
    // What the machine is stays; what it offers and runs changes from one generation to the next.
    SplittableRandom machine = new SplittableRandom(seed * 1_000_003 + number);
    SplittableRandom state = new SplittableRandom((seed * 1_000_003 + number) * 31 + generation);
    int rack = machine.nextInt(1, 200);
    String region = pick(REGIONS, machine);
    int cores = CORES[machine.nextInt(CORES.length)];
    ObjectNode agent = JSON.createObjectNode();
    agent.put("hostname", "node-" + number + ".rack-" + rack + "." + region + ".example.net");
    agent.put("port", 5051 + machine.nextInt(4));
    ObjectNode attributes = agent.putObject("attributes");
    attributes.put("region", region);
    attributes.put("rack", "rack-" + rack);
    attributes.put("machine", pick(MACHINES, machine));
    attributes.put("os", pick(SYSTEMS, state));
    attributes.put("boot", Long.toHexString(state.nextLong()));
    ObjectNode resources = agent.putObject("resources");
    resources.put("cpus", cores - 0.25 * state.nextInt(0, 5));
    resources.put("mem", cores * 4096.0 - state.nextInt(0, 512));
    resources.put("disk", 10_000.0 * state.nextInt(10, 400));
    resources.put("gpus", (double) Math.max(0, state.nextInt(-6, 5)));
    return agent;
  }

  private static String pick(List<String> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
