package io.registrar.record;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One agent of the cluster, in one of three states, never in two of them.
 *
 * @param id its id, unique for ever
 * @param hostname the machine it runs on
 * @param port where it listens
 * @param attributes what it is labelled with
 * @param resources how much it offers of what
 * @param state where it stands with the master
 * @param since when it became {@code UNREACHABLE} or {@code GONE}; absent while it is registered
 * @param deactivated whether it is offered no new work; kept while it is unreachable
 * @param drain how it is being emptied, if it is; kept while it is unreachable
 */
public record Agent(
    String id,
    String hostname,
    int port,
    Map<String, String> attributes,
    Map<String, Double> resources,
    AgentState state,
    Optional<Instant> since,
    boolean deactivated,
    Optional<Drain> drain) {
  /** Agents, under their ids. */
  public static final RecordType<Agent> TYPE = RecordType.json("agent", Agent.class, Agent::id);

  /**
   * @throws IllegalArgumentException if a component is missing or out of its range
   */
  public Agent {
    if (id == null || state == null) {
      throw new IllegalArgumentException("an agent has an id and a state");
    }
    AgentInfo info = new AgentInfo(hostname, port, attributes, resources);
    attributes = info.attributes();
    resources = info.resources();
    since = since == null ? Optional.empty() : since;
    if (since.isPresent() == (state == AgentState.REGISTERED)) {
      throw new IllegalArgumentException(
          "an agent has a time since which it is unreachable or gone, and none while it is registered;"
              + " got "
              + state
              + " since "
              + since.map(Instant::toString).orElse("nothing"));
    }
    drain = drain == null ? Optional.empty() : drain;
    if (drain.isPresent() && !deactivated) {
      throw new IllegalArgumentException("an agent that is drained is deactivated");
    }
  }

  /** A newly admitted agent. */
  public static Agent registered(String id, AgentInfo info) {
    return new Agent(
        id,
        info.hostname(),
        info.port(),
        info.attributes(),
        info.resources(),
        AgentState.REGISTERED,
        Optional.empty(),
        false,
        Optional.empty());
  }

  /** What the agent last said of itself. */
  public AgentInfo info() {
    return new AgentInfo(hostname, port, attributes, resources);
  }

  /** The same agent as it now describes itself. */
  public Agent with(AgentInfo info) {
    return new Agent(
        id,
        info.hostname(),
        info.port(),
        info.attributes(),
        info.resources(),
        state,
        since,
        deactivated,
        drain);
  }

  /** The same agent, back. */
  public Agent reachable() {
    return in(AgentState.REGISTERED, Optional.empty());
  }

  /** The same agent, not heard of since this time. */
  public Agent unreachable(Instant from) {
    return in(AgentState.UNREACHABLE, Optional.of(from));
  }

  /**
   * The same agent, gone for good since this time; whether it was drained does not matter any more.
   */
  public Agent gone(Instant from) {
    return active().in(AgentState.GONE, Optional.of(from));
  }

  /** The same agent, offered no new work, and being emptied in this way. */
  public Agent draining(Drain how) {
    return offered(true, Optional.of(how));
  }

  /** The same agent, offered no new work. */
  public Agent inactive() {
    return offered(true, drain);
  }

  /** The same agent, offered work again. */
  public Agent active() {
    return offered(false, Optional.empty());
  }

  private Agent in(AgentState next, Optional<Instant> from) {
    return new Agent(id, hostname, port, attributes, resources, next, from, deactivated, drain);
  }

  private Agent offered(boolean without, Optional<Drain> how) {
    return new Agent(id, hostname, port, attributes, resources, state, since, without, how);
  }
}
