package io.registrar.log.node;

import io.registrar.log.net.AddressBook;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Membership;
import io.registrar.log.replica.LogMemory;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A small file beside the log's directory, which keeps the ensemble and its members' addresses: if
 * the log vanishes, it says from whom to recover it. Replaced as one, synced.
 */
final class FileMemory implements LogMemory {
  private static final String NOT_KNOWN = "-";

  private final Path file;
  private final LogOptions.Beginning beginning;
  private String written;
  private final Optional<EnsembleId> ensemble;
  private final Map<MemberId, Optional<InetSocketAddress>> members;

  private FileMemory(Path file, LogOptions.Beginning beginning, String written) throws IOException {
    this.file = file;
    this.beginning = beginning;
    this.written = written;
    Properties read = new Properties();
    try {
      read.load(new StringReader(written));
      this.ensemble = Optional.ofNullable(read.getProperty("ensemble")).map(FileMemory::ensemble);
      this.members = members(read);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file
              + " does not say which log was here ("
              + e.getMessage()
              + "); restore it, or remove"
              + " it if the log beside it is whole",
          e);
    }
  }

  static FileMemory at(Path file, LogOptions.Beginning beginning) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      text = "";
    }
    return new FileMemory(file, beginning, text);
  }

  private static EnsembleId ensemble(String text) {
    if (text.length() != 32) {
      throw new IllegalArgumentException("ensemble=" + text);
    }
    return new EnsembleId(
        Long.parseUnsignedLong(text.substring(0, 16), 16),
        Long.parseUnsignedLong(text.substring(16), 16));
  }

  private static Map<MemberId, Optional<InetSocketAddress>> members(Properties read) {
    Map<MemberId, Optional<InetSocketAddress>> members = new TreeMap<>();
    for (String name : read.stringPropertyNames()) {
      if (name.startsWith("member.")) {
        MemberId id = new MemberId(Integer.parseInt(name.substring("member.".length())));
        String text = read.getProperty(name);
        members.put(
            id, text.equals(NOT_KNOWN) ? Optional.empty() : Optional.of(MemberAddress.read(text)));
      }
    }
    return members;
  }

  @Override
  public Optional<EnsembleId> ensemble() {
    return ensemble;
  }

  /** The members that were there when it was last written, with the addresses that were known. */
  Map<MemberId, Optional<InetSocketAddress>> members() {
    return members;
  }

  @Override
  public Damage meaningOfEmpty() {
    boolean fresh = ensemble.isEmpty() && beginning == LogOptions.Beginning.ALLOWED;
    return fresh ? Damage.none() : Damage.lost(ensemble);
  }

  @Override
  public void keep(EnsembleId now, Membership membership, AddressBook addresses)
      throws IOException {
    StringBuilder text =
        new StringBuilder("# Which log is kept beside this file. Do not edit.\n")
            .append("ensemble=")
            .append(now)
            .append('\n');
    for (MemberId id : membership.voters().keySet()) {
      String address = addresses.find(id).map(MemberAddress::write).orElse(NOT_KNOWN);
      text.append("member.").append(id.value()).append('=').append(address).append('\n');
    }
    if (!text.toString().equals(written)) {
      replace(text.toString());
      written = text.toString();
    }
  }

  private void replace(String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (!System.getProperty("os.name").startsWith("Windows")) {
      try (FileChannel directory =
          FileChannel.open(
              Optional.ofNullable(file.getParent()).orElse(Path.of(".")),
              StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }
}
