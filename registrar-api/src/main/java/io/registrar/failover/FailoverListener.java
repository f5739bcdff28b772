package io.registrar.failover;

import io.registrar.record.Agent;
import java.util.List;

/**
 * Is told what became of agents after a failover, each time after it is in the registry: so that
 * the master changes what it holds in memory, and then tells its frameworks. Called on the
 * failover's own thread, one call at a time; what it throws is logged, and has no other effect.
 */
public interface FailoverListener {
  /**
   * An agent that had not come back is unreachable. Told once an agent. It may have come back
   * since: the registry says how it is now.
   */
  void unreachable(Agent agent);

  /**
   * More agents have not come back than may be given up; none was. The master should stop itself.
   * Told once.
   *
   * @param missing how many have not come back
   * @param recovered how many the recovery had found
   */
  void tooManyMissing(int missing, int recovered);

  /** The records of these agents, long unreachable or gone, were pruned. */
  void pruned(List<String> ids);
}
