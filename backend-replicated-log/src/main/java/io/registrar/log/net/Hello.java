package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * What each end says first.
 *
 * @param who speaks
 * @param addresses that it knows, its own among them
 */
record Hello(Introduction who, Map<MemberId, InetSocketAddress> addresses) {}
