package io.registrar.log.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A flat directory of files. May be used by several threads; each file by one at a time.
 *
 * <p>Names that were created, renamed or deleted are durable when {@link #sync} returns, and may or
 * may not be before, each by itself.
 */
interface Directory {
  /** The names of all files, in no order. */
  List<String> names() throws IOException;

  /** Makes an empty file, in the place of one that has this name. */
  SegmentFile create(String name) throws IOException;

  /** Opens a file to be read and written. */
  SegmentFile open(String name) throws IOException;

  /** Opens a file to be read alone. It can be read on when it has been deleted. */
  SegmentFile openToRead(String name) throws IOException;

  /** Renames in one step. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file. */
  void delete(String name) throws IOException;

  /** Makes the names durable. */
  void sync() throws IOException;

  /** Where a file is, for messages. */
  Path path(String name);
}
