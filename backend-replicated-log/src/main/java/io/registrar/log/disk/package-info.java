/**
 * What a replica keeps: files written ahead, each record with its check sum.
 *
 * <p>Begin with {@link io.registrar.log.disk.RecordStore}, the port that the shell drives. {@link
 * io.registrar.log.disk.SegmentedStore} opens a directory: {@code LogScan} reads it and finds the
 * end or damage, {@code Segments} writes on. {@code Frame} says how a record lies in a file. {@code
 * Home}, {@code Directory} and {@code SegmentFile} are all that is asked of a file system, so that
 * tests can fail it. {@link io.registrar.log.disk.LogInspector} looks at a log that is not running.
 */
@NullMarked
package io.registrar.log.disk;

import org.jspecify.annotations.NullMarked;
