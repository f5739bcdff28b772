/**
 * Faults that are real: {@link io.registrar.tck.fault.ChildJvm} is killed and stopped by signals,
 * {@link io.registrar.tck.fault.TcpProxy} cuts and holds back bytes, {@link
 * io.registrar.tck.fault.SmallDisk} runs full, {@link io.registrar.tck.fault.FileDamage} changes
 * stored bytes. Shared by the tests of every module.
 *
 * <p>Everything here waits by conditions with a {@link io.registrar.tck.fault.Deadline}, whose
 * lengths are multiplied by the system property {@code registrar.tck.timeFactor} on slow machines.
 */
package io.registrar.tck.fault;
