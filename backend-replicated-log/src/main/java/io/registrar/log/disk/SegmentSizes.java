package io.registrar.log.disk;

/**
 * How large files become.
 *
 * @param segmentBytes after which a new file is begun; one batch may reach beyond
 * @param aheadBytes how far a file is filled with zeros ahead of the records: a sync over blocks
 *     that are there costs about half of one that makes the file grow
 */
public record SegmentSizes(int segmentBytes, int aheadBytes) {
  /** Files of 16 MiB, written ahead by 1 MiB. */
  public static final SegmentSizes DEFAULT = new SegmentSizes(16 << 20, 1 << 20);

  /** Refuses sizes that leave no room for records. */
  public SegmentSizes {
    if (segmentBytes < 1024 || aheadBytes < 512) {
      throw new IllegalArgumentException(
          "a segment has at least 1024 bytes, written ahead by at least 512; got "
              + segmentBytes
              + " and "
              + aheadBytes);
    }
  }
}
