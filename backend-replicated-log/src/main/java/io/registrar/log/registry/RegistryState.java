package io.registrar.log.registry;

import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import java.util.Map;

/**
 * A registry as of one position of the log. Immutable.
 *
 * @param epoch in force
 * @param version in force
 * @param header written with that version
 * @param records each key once, in no order; the arrays are never changed
 */
record RegistryState(
    long epoch, long version, Header header, Iterable<Map.Entry<RecordKey, byte[]>> records) {}
