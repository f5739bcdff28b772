package io.registrar.log.replica;

import io.registrar.log.disk.RecordStore;
import io.registrar.log.net.PeerNetwork;
import io.registrar.log.paxos.RandomSource;
import io.registrar.log.paxos.ReplicaConfig;
import java.time.Duration;

/**
 * What a {@link ReplicaLoop} is made of.
 *
 * @param config the replica's place, members, bounds, and lengths of time in ticks
 * @param tick how long a tick is
 * @param store where its records are kept; closed by the loop
 * @param memory what is known of the log beside the store
 * @param network how it reaches the others; started and closed by the loop
 * @param entropy where randomness comes from
 */
public record ReplicaSetup(
    ReplicaConfig config,
    Duration tick,
    RecordStore store,
    LogMemory memory,
    PeerNetwork network,
    RandomSource entropy) {}
