package io.registrar.log.registry;

import io.registrar.log.paxos.Bytes;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.Header;
import io.registrar.spi.MembershipAdmin.MemberReport;
import io.registrar.spi.MembershipAdmin.Role;
import io.registrar.spi.StoredRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The parts of answers to clients, as bytes. What is read here comes from a member that was asked:
 * anything malformed is an {@link IOException}.
 */
final class ClientParts {
  private static final int COMMITTED = 1;
  private static final int START_FROM_SNAPSHOT = 2;
  private static final long NOT_KNOWN = -1;

  /** What a state begins with. */
  record Head(long version, long epoch, Header header) {}

  /** Writes one part. */
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Reads one part. */
  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private ClientParts() {}

  static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String readText(Bytes part) {
    return new String(part.toArray(), StandardCharsets.UTF_8);
  }

  static Bytes status(MemberStatus status) {
    return part(
        out -> {
          out.writeUTF(status.sentence());
          out.writeInt(status.figures().size());
          for (Map.Entry<String, Long> figure : status.figures().entrySet()) {
            out.writeUTF(figure.getKey());
            out.writeLong(figure.getValue());
          }
        });
  }

  static MemberStatus readStatus(Bytes part) throws IOException {
    return read(
        part,
        in -> {
          String sentence = in.readUTF();
          Map<String, Long> figures = new TreeMap<>();
          for (int left = in.readInt(); left > 0; left--) {
            figures.put(in.readUTF(), in.readLong());
          }
          return new MemberStatus(sentence, figures);
        });
  }

  static Bytes members(List<MemberReport> members) {
    return part(
        out -> {
          out.writeInt(members.size());
          for (MemberReport member : members) {
            out.writeInt(member.id());
            out.writeUTF(member.role().name());
            out.writeUTF(member.address().orElse(""));
            out.writeLong(member.position().orElse(NOT_KNOWN));
          }
        });
  }

  static List<MemberReport> readMembers(Bytes part) throws IOException {
    return read(
        part,
        in -> {
          List<MemberReport> members = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            int id = in.readInt();
            Role role = Role.valueOf(in.readUTF());
            Optional<String> address = Optional.of(in.readUTF()).filter(it -> !it.isEmpty());
            long position = in.readLong();
            members.add(
                new MemberReport(
                    id,
                    role,
                    address,
                    position == NOT_KNOWN ? OptionalLong.empty() : OptionalLong.of(position)));
          }
          return members;
        });
  }

  static Bytes head(RegistryState state) {
    return part(
        out -> {
          out.writeLong(state.version());
          out.writeLong(state.epoch());
          writeContents(out, new Contents(state.header(), List.of(), List.of()));
        });
  }

  static Head readHead(Bytes part) throws IOException {
    return read(part, in -> new Head(in.readLong(), in.readLong(), readContents(in).header()));
  }

  static List<StoredRecord> readRecords(Bytes part) throws IOException {
    return read(part, in -> readContents(in).puts());
  }

  static Bytes change(ChangeEvent event) {
    return part(
        out -> {
          if (event instanceof ChangeEvent.Committed it) {
            out.writeByte(COMMITTED);
            out.writeLong(it.version());
            out.writeLong(it.epoch());
            writeContents(out, Contents.of(it.batch()));
          } else if (event instanceof ChangeEvent.StartFromSnapshot it) {
            out.writeByte(START_FROM_SNAPSHOT);
            out.writeLong(it.oldestVersion());
          }
        });
  }

  static ChangeEvent readChange(Bytes part) throws IOException {
    return read(
        part,
        in ->
            switch (in.readUnsignedByte()) {
              case COMMITTED ->
                  new ChangeEvent.Committed(
                      in.readLong(), in.readLong(), readContents(in).toBatch());
              case START_FROM_SNAPSHOT -> new ChangeEvent.StartFromSnapshot(in.readLong());
              default -> throw new IOException("a change of an unknown kind");
            });
  }

  private static void writeContents(DataOutputStream out, Contents contents) throws IOException {
    out.write(ContentsCodec.encode(contents).toArray());
  }

  private static Contents readContents(DataInputStream in) throws IOException {
    return ContentsCodec.decode(Bytes.of(in.readAllBytes()));
  }

  private static Bytes part(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes every byte", e);
    }
    return Bytes.of(bytes.toByteArray());
  }

  private static <T> T read(Bytes part, Reading<T> reading) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(part.toArray()))) {
      return reading.from(in);
    } catch (IllegalArgumentException e) {
      throw new IOException("the member's answer cannot be read: " + e.getMessage(), e);
    }
  }
}
