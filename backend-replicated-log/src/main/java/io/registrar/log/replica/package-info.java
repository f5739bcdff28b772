/**
 * The shell around {@link io.registrar.log.paxos.Replica}: the one place with a thread and a clock.
 * {@link ReplicaLoop} is the class to open first.
 */
@NullMarked
package io.registrar.log.replica;

import org.jspecify.annotations.NullMarked;
