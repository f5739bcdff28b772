/**
 * The storage contract: what a backend implements so that a {@code Registrar} can keep its records
 * in it.
 *
 * <p>Start at {@link io.registrar.spi.Storage}, and write {@link io.registrar.spi.StorageProvider}
 * last. A {@link io.registrar.spi.StorageSession} takes {@link io.registrar.spi.Batch}es; a {@link
 * io.registrar.spi.Snapshot} gives the records back. {@link io.registrar.spi.StorageException}
 * lists every way to fail. {@code docs/storage-contract.md} explains each numbered rule, and the
 * compatibility test kit tests it. {@code io.registrar.memory} is the whole contract in the fewest
 * lines.
 */
package io.registrar.spi;
