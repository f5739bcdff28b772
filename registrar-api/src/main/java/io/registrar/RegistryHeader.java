package io.registrar;

import io.registrar.record.Digest;
import io.registrar.record.JsonCodec;
import io.registrar.record.Records;
import io.registrar.spi.Header;
import java.util.UUID;

/**
 * What the registrar keeps in the head of every storage, as JSON, and moves with each commit.
 *
 * @param registry which registry this is, drawn when it was founded
 * @param format how the header and the records are laid out; another format cannot be read at all
 * @param level the feature level: a program that does not know it must not lead
 * @param state whether the registry may be led
 * @param note more about the state, such as where the registry has moved to; may be empty
 * @param records how many records there are
 * @param digest the digest of all records
 * @param locator what tells, with the digest, which record was changed behind the registrar's back
 */
record RegistryHeader(
    String registry,
    int format,
    int level,
    State state,
    String note,
    long records,
    Digest digest,
    Digest locator) {
  /** The format that this program writes, and the only one that it reads. */
  static final int FORMAT = 1;

  /** The newest feature level that this program knows. */
  static final int NEWEST_LEVEL = 1;

  private static final JsonCodec<RegistryHeader> CODEC = JsonCodec.of(RegistryHeader.class);

  /** Whether a registry may be led. */
  enum State {
    /** It is the official one. */
    ACTIVE,
    /** It is being filled from elsewhere, and not whole yet. */
    IMPORTING,
    /** It has moved elsewhere. */
    MOVED
  }

  /** The header of a registry that is founded now, before its first record. */
  static RegistryHeader founding() {
    return new RegistryHeader(
        UUID.randomUUID().toString(),
        FORMAT,
        NEWEST_LEVEL,
        State.ACTIVE,
        "",
        0,
        Digest.EMPTY,
        Digest.EMPTY);
  }

  /**
   * @throws IllegalArgumentException if the bytes are no such header
   */
  static RegistryHeader read(Header header) {
    RegistryHeader read = CODEC.decode(header.bytes());
    if (read.registry == null
        || read.state == null
        || read.digest == null
        || read.locator == null) {
      throw new IllegalArgumentException("it lacks the registry's id, state, digest or locator");
    }
    return read;
  }

  /** Whether these are the records that it speaks of. */
  boolean describes(Records found) {
    return records == found.size() && digest.equals(found.digest());
  }

  /** This header over these records. */
  RegistryHeader over(Records now) {
    return new RegistryHeader(
        registry, format, level, state, note, now.size(), now.digest(), now.locator());
  }

  /**
   * What is to be carried from a stored header into those written after it: the header itself if a
   * later program has put something there that this one does not know, else nothing.
   */
  static Header carried(Header stored) {
    boolean known = stored.isEmpty() || read(stored).write(Header.EMPTY).equals(stored);
    return known ? Header.EMPTY : stored;
  }

  /** This header as bytes, with what is to be carried over from an earlier one. */
  Header write(Header carried) {
    return Header.of(CODEC.encode(this, carried.isEmpty() ? null : carried.bytes()));
  }
}
