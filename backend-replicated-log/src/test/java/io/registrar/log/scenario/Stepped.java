package io.registrar.log.scenario;

import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.Output;
import io.registrar.log.paxos.Phase;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.RandomSource;
import io.registrar.log.paxos.Replica;
import io.registrar.log.paxos.ReplicaConfig;
import java.util.Optional;

/** A replica as scenarios drive it: the true one, or one broken on purpose. */
public interface Stepped {
  /** Takes one input. */
  Output step(Input input);

  /** Where it is in its life. */
  Phase phase();

  /** How far it has learned. */
  Position chosen();

  /** What a snapshot taken now stands on. */
  Optional<LogBase> base();

  /** Makes replicas. */
  interface Maker {
    /** As {@link Replica#restore}. */
    Stepped restore(
        ReplicaConfig config,
        Iterable<DurableRecord> survived,
        Damage damage,
        RandomSource entropy);
  }

  /** The true protocol. */
  static Stepped of(Replica replica) {
    return new Stepped() {
      @Override
      public Output step(Input input) {
        return replica.step(input);
      }

      @Override
      public Phase phase() {
        return replica.phase();
      }

      @Override
      public Position chosen() {
        return replica.chosen();
      }

      @Override
      public Optional<LogBase> base() {
        return replica.base();
      }
    };
  }
}
