package io.registrar.zookeeper;

import java.util.Optional;

/**
 * How many bytes a record's node may hold. It ends the node's name, so that a reader knows before
 * it asks how large an answer can get. A node keeps its class while its data fits; a record that
 * outgrows it moves to a node of a larger class, and never back.
 */
enum SizeClass {
  UP_TO_4K("4k", 4 << 10),
  UP_TO_32K("32k", 32 << 10),
  UP_TO_256K("256k", 256 << 10),
  UP_TO_2M("2m", 2 << 20),
  UP_TO_16M("16m", 16 << 20),
  UP_TO_64M("64m", 64 << 20);

  private final String text;
  private final int bytes;

  SizeClass(String text, int bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /** The smallest class that holds this many bytes. */
  static SizeClass holding(int bytes) {
    for (SizeClass candidate : values()) {
      if (bytes <= candidate.bytes) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no node holds " + bytes + " bytes");
  }

  static Optional<SizeClass> named(String text) {
    for (SizeClass candidate : values()) {
      if (candidate.text.equals(text)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** The most bytes of data. */
  int bytes() {
    return bytes;
  }

  boolean holds(int size) {
    return size <= bytes;
  }

  @Override
  public String toString() {
    return text;
  }
}
