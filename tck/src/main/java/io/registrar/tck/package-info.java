/**
 * The compatibility test kit: proves that a storage keeps every rule of the storage contract.
 *
 * <p>Start at {@link io.registrar.tck.StorageTck}, which a backend's test extends. Each rule's
 * tests carry its number in their names, and a failure says which rule was broken, what it expects
 * and where to look. {@link io.registrar.tck.Faults} is how a backend lets the kit harm it. The
 * faults themselves are in {@code io.registrar.tck.fault}, for the tests of any module.
 */
package io.registrar.tck;
