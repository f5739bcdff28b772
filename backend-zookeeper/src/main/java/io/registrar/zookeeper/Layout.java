package io.registrar.zookeeper;

import io.registrar.spi.RegistryName;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the nodes of one registry lie, below {@code <path>/<registry>}: {@code fence}, {@code
 * head}, {@code journal/<slot>}, {@code records/<bucket>/<name>} and {@code election}. Immutable.
 */
record Layout(String root) {
  /** How many buckets the records are spread over, so that no listing outgrows a message. */
  static final int BUCKETS = 256;

  private static final int LONGEST_NAME = 24;
  private static final int HASH_CHARS = 12;

  /** What the root's data begins with. */
  static final String FORMAT = "registrar registry, format ";

  /** The format that this program reads and writes. */
  static final int FORMAT_NUMBER = 1;

  /** The most that a record's path has beyond the root, in characters. */
  static final int LONGEST_RECORD_PATH = "/records/00/".length() + NodeName.MAX_LENGTH;

  static Layout of(String path, RegistryName registry) {
    return new Layout((path.equals("/") ? "" : path) + "/" + nodeOf(registry));
  }

  /** A long name keeps its beginning, and a hash stands for the rest: it is part of every path. */
  private static String nodeOf(RegistryName registry) {
    String name = registry.text();
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, LONGEST_NAME - HASH_CHARS - 1) + "#" + TextHash.of(name, HASH_CHARS);
  }

  String fence() {
    return root + "/fence";
  }

  String head() {
    return root + "/head";
  }

  String journal() {
    return root + "/journal";
  }

  /** The node that holds the journal entry of a version. */
  String journalSlot(int slot) {
    return root + "/journal/" + slot;
  }

  String records() {
    return root + "/records";
  }

  List<String> buckets() {
    List<String> buckets = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(records() + String.format("/%02x", i));
    }
    return buckets;
  }

  String record(NodeName name) {
    return records() + "/" + name.bucket() + "/" + name;
  }

  String election() {
    return root + "/election";
  }

  /** The nodes above the root, from the top. */
  List<String> ancestors() {
    List<String> above = new ArrayList<>();
    for (int at = root.indexOf('/', 1); at > 0; at = root.indexOf('/', at + 1)) {
      above.add(root.substring(0, at));
    }
    return above;
  }
}
