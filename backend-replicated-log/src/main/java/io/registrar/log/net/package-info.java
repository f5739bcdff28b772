/**
 * How replicas and clients reach one another. Start at {@link
 * io.registrar.log.net.SocketPeerNetwork}, the {@link io.registrar.log.net.PeerNetwork} of a
 * replica, or at {@link io.registrar.log.net.LogClient} for whoever asks from outside; {@link
 * io.registrar.log.net.ClientRequests} answers the latter. {@code docs/replicated-log-network.md}
 * says what goes over the wire, who is trusted and what is bounded.
 *
 * <p>A connection, from the outside in:
 *
 * <ul>
 *   <li>accepted: {@link io.registrar.log.net.PeerServer}, {@link
 *       io.registrar.log.net.ConnectionGate}, {@link io.registrar.log.net.Entrance}, then {@link
 *       io.registrar.log.net.PeerEntrance} or {@link io.registrar.log.net.ClientEntrance};
 *   <li>dialed: {@link io.registrar.log.net.Dialer}, {@link io.registrar.log.net.Dialing};
 *   <li>both: {@link io.registrar.log.net.Connection}, which is packets over bytes; {@link
 *       io.registrar.log.net.PeerStream} with its queue, {@link io.registrar.log.net.Conversation},
 *       which reads it; {@link io.registrar.log.net.PeerLink} for all streams with one member,
 *       {@link io.registrar.log.net.Switchboard} for all members.
 * </ul>
 */
@NullMarked
package io.registrar.log.net;

import org.jspecify.annotations.NullMarked;
