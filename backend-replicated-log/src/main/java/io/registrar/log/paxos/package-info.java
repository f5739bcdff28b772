/**
 * The protocol of the replicated log, as a pure state machine. Start at {@link
 * io.registrar.log.paxos.Replica}: it takes an {@link io.registrar.log.paxos.Input} and gives an
 * {@link io.registrar.log.paxos.Output}, in which the order of writing, sending and delivering is
 * laid down. {@code docs/replicated-log-protocol.md} explains the protocol from nothing.
 *
 * <p>The types, from the outside in:
 *
 * <ul>
 *   <li>the edge: {@link io.registrar.log.paxos.Replica}, {@link io.registrar.log.paxos.Input},
 *       {@link io.registrar.log.paxos.Output}, {@link io.registrar.log.paxos.Delivery}, {@link
 *       io.registrar.log.paxos.ReplicaConfig};
 *   <li>what is agreed on: {@link io.registrar.log.paxos.Position}, {@link
 *       io.registrar.log.paxos.Entry} and its {@link io.registrar.log.paxos.Content}, {@link
 *       io.registrar.log.paxos.Membership}, {@link io.registrar.log.paxos.LogBase};
 *   <li>who agrees: {@link io.registrar.log.paxos.MemberId}, {@link
 *       io.registrar.log.paxos.Incarnation}, {@link io.registrar.log.paxos.Member}, {@link
 *       io.registrar.log.paxos.Ballot}, {@link io.registrar.log.paxos.Vitals};
 *   <li>what crosses the wire and reaches the disk: {@link io.registrar.log.paxos.Message} in an
 *       {@link io.registrar.log.paxos.Envelope}, {@link io.registrar.log.paxos.DurableRecord}.
 * </ul>
 *
 * <p>One entry is in flight at a time, and an acceptor votes on a position only when it has learned
 * every earlier one. So each replica is described by how far it has learned, the one entry that it
 * may have accepted beyond that, and its promise; memory is bounded by one entry and the queue.
 */
@NullMarked
package io.registrar.log.paxos;

import org.jspecify.annotations.NullMarked;
