/**
 * The registrar: a cluster master's official records, durable, in one agreed order, and fenced.
 *
 * <p>Open {@link io.registrar.Registrar} first. Around it:
 *
 * <ul>
 *   <li>{@code io.registrar.record}: the records and the immutable view of them
 *   <li>{@code io.registrar.operation}: the operations that a master performs on them
 *   <li>{@code io.registrar.spi}: the contract that a storage backend implements
 *   <li>{@code io.registrar.memory}: the contract in the fewest lines, kept in memory
 * </ul>
 */
package io.registrar;
