package io.registrar.log.disk;

import io.registrar.log.paxos.DurableRecord;

/**
 * A record and where it stands.
 *
 * @param segment number of the file
 * @param offset in bytes from the file's beginning
 * @param sequence its number, counted over all records ever written here
 * @param record what was written
 */
public record StoredRecord(long segment, long offset, long sequence, DurableRecord record) {}
