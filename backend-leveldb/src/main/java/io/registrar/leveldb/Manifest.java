package io.registrar.leveldb;

import io.registrar.leveldb.ByteCursor.MalformedException;
import java.util.SortedMap;
import java.util.TreeMap;

/** What LevelDB's manifest says the database is made of: the sum of its edits. */
final class Manifest {
  private static final int COMPARATOR = 1;
  private static final int LOG_NUMBER = 2;
  private static final int NEXT_FILE_NUMBER = 3;
  private static final int LAST_SEQUENCE = 4;
  private static final int COMPACT_POINTER = 5;
  private static final int DELETED_FILE = 6;
  private static final int NEW_FILE = 7;
  private static final int PREVIOUS_LOG_NUMBER = 9;

  private final TreeMap<Long, Long> tables = new TreeMap<>();
  private boolean named;
  private long logNumber = -1;
  private long previousLogNumber;
  private long lastSequence;

  void apply(byte[] edit) throws MalformedException {
    ByteCursor in = new ByteCursor(edit, 0, edit.length);
    while (in.hasMore()) {
      int tag = (int) in.varint();
      switch (tag) {
        case COMPARATOR -> {
          in.skipString();
          named = true;
        }
        case LOG_NUMBER -> logNumber = in.varint();
        case NEXT_FILE_NUMBER -> in.varint();
        case LAST_SEQUENCE -> lastSequence = in.varint();
        case COMPACT_POINTER -> {
          in.varint();
          in.skipString();
        }
        case DELETED_FILE -> {
          in.varint();
          tables.remove(in.varint());
        }
        case NEW_FILE -> {
          in.varint();
          long number = in.varint();
          tables.put(number, in.varint());
          in.skipString();
          in.skipString();
        }
        case PREVIOUS_LOG_NUMBER -> previousLogNumber = in.varint();
        default -> throw new MalformedException("an edit of the unknown kind " + tag);
      }
    }
  }

  /** Whether it says enough to open a database from: less is left if its begin is broken. */
  boolean isWhole() {
    return named && logNumber >= 0;
  }

  /** The tables in use: number and size in bytes. */
  SortedMap<Long, Long> tables() {
    return tables;
  }

  /** The log that was begun with the last edit that begins one. */
  long logNumber() {
    return logNumber;
  }

  /** Whether a log holds commits that are in no table yet. */
  boolean needsLog(long number) {
    return number >= logNumber || number == previousLogNumber;
  }

  /**
   * The sequence number of the last write that LevelDB knew of at the last edit; the tables hold no
   * later one.
   */
  long lastSequence() {
    return lastSequence;
  }
}
