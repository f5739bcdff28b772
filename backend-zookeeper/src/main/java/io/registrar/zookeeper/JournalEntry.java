package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one commit touched: the entry of version <i>v</i> lies in slot <i>v</i> modulo {@value
 * #SLOTS} and is written by the same request, so the latest {@value #SLOTS} commits are known. A
 * reader that was overtaken by commits reads again what they name.
 *
 * @param version the commit's
 * @param previous the version before it; not always one less, because of floors
 * @param epoch the committing session's
 * @param names of the nodes that it wrote and deleted; empty if they were too many to keep
 */
record JournalEntry(long version, long previous, long epoch, Optional<List<NodeName>> names) {
  static final int SLOTS = 1024;

  /** The longest entry, in bytes. */
  static final int MAX_BYTES = 16 << 10;

  private static final int MAX_LINE_BYTES = 120;
  private static final Pattern LINE =
      Pattern.compile(
          "version=(\\d{1,19}) after=(\\d{1,19}) epoch=(\\d{1,19}) names=(\\d{1,5}|many)");

  /** The entry of a commit, without the names if there are too many. */
  static JournalEntry of(long version, long previous, long epoch, List<NodeName> touched) {
    int bytes = MAX_LINE_BYTES;
    for (NodeName name : touched) {
      bytes += name.toString().length() + 1;
    }
    return new JournalEntry(
        version,
        previous,
        epoch,
        bytes <= MAX_BYTES ? Optional.of(List.copyOf(touched)) : Optional.empty());
  }

  static int slot(long version) {
    return (int) (version % SLOTS);
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder(" ".repeat(Checksum.LENGTH));
    text.append("version=").append(version).append(" after=").append(previous);
    text.append(" epoch=").append(epoch).append(" names=");
    names.ifPresentOrElse(known -> text.append(known.size()), () -> text.append("many"));
    names.ifPresent(known -> known.forEach(name -> text.append('\n').append(name)));
    return Checksum.seal(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a slot's data.
   *
   * @throws DamagedException if it is not what was written
   */
  static JournalEntry decode(String path, byte[] data) throws DamagedException {
    Checksum.require(path, data);
    String[] lines = Checksum.text(data, data.length, StandardCharsets.US_ASCII).split("\n");
    Matcher line = LINE.matcher(lines[0]);
    if (!line.matches()) {
      throw new DamagedException("the ZooKeeper node " + path + " holds no entry of the journal");
    }
    List<NodeName> names = new ArrayList<>();
    for (String name : List.of(lines).subList(1, lines.length)) {
      names.add(
          NodeName.parse(name)
              .orElseThrow(
                  () ->
                      new DamagedException(
                          "the ZooKeeper node " + path + " names '" + name + "'")));
    }
    return new JournalEntry(
        Long.parseLong(line.group(1)),
        Long.parseLong(line.group(2)),
        Long.parseLong(line.group(3)),
        line.group(4).equals("many") ? Optional.empty() : Optional.of(names));
  }
}
