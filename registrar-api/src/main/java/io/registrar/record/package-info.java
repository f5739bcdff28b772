/**
 * The official records: their types, how they become bytes, and the immutable view of all of them.
 *
 * <p>Open {@link io.registrar.record.Registry} first. An embedding master adds its own {@link
 * io.registrar.record.RecordType}s beside {@link io.registrar.record.Agent#TYPE} and the others.
 */
package io.registrar.record;
