package io.registrar.example.mvstore;

import io.registrar.spi.DamagedException;
import io.registrar.spi.Header;
import io.registrar.spi.InUseException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** The store's file, open: the records, the head, and what MVStore's failures mean. */
final class Engine {
  /** A second descriptor of a locked file, when closed, would take the lock away (POSIX). */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private static final String HEAD = "head";
  private static final String FORMAT = "H:2,";
  private static final int BLOCK = 4096;

  final MVStore store;
  final MVMap<String, byte[]> records;
  private final MVMap<String, byte[]> heads;
  private final Path file;

  /** The head: what changes with every commit and every acquire. */
  record Head(long version, long epoch, Header header) {}

  Engine(Path file) throws StorageException {
    this.file = file;
    Path holder = Path.of(file + ".pid");
    if (!HELD_HERE.add(file)) {
      throw new InUseException(file + " is open in this process already");
    }
    boolean opened = false;
    try {
      requireOwnFormat(file);
      // Nothing may be committed but by commit(): neither by a thread nor by a full buffer, which
      // would cut a large batch in two.
      store =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .open();
      records = store.openMap("records");
      heads = store.openMap("head");
      Files.writeString(holder, Long.toString(ProcessHandle.current().pid()));
      opened = true;
    } catch (MVStoreException e) {
      throw refusal(file, holder, e);
    } catch (RuntimeException e) {
      throw new DamagedException(file + " cannot be read", e);
    } catch (IOException e) {
      throw new UnavailableException(file + " or " + holder + " cannot be used", e);
    } finally {
      if (!opened) {
        HELD_HERE.remove(file);
      }
    }
  }

  /** MVStore calls every other file a damaged one; its own header is there twice. */
  private static void requireOwnFormat(Path file) throws IOException, IncompatibleException {
    if (Files.notExists(file) || Files.size(file) == 0) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(2 * BLOCK), StandardCharsets.ISO_8859_1);
      if (!start.startsWith(FORMAT) && !start.startsWith(FORMAT, BLOCK)) {
        throw new IncompatibleException(file + " is not a file of MVStore");
      }
    }
  }

  void close() {
    try {
      store.close(0);
    } catch (RuntimeException e) {
      store.closeImmediately();
    } finally {
      HELD_HERE.remove(file);
    }
  }

  Head head() throws DamagedException {
    try {
      byte @Nullable [] bytes = heads.get(HEAD);
      if (bytes == null) {
        return new Head(0, 0, Header.EMPTY);
      }
      ByteBuffer head = ByteBuffer.wrap(bytes);
      long version = head.getLong();
      long epoch = head.getLong();
      byte[] header = new byte[head.remaining()];
      head.get(header);
      return new Head(version, epoch, Header.of(header));
    } catch (RuntimeException e) {
      throw new DamagedException("the head of the store cannot be read", e);
    }
  }

  void setHead(Head head) {
    byte[] header = head.header().bytes();
    heads.put(
        HEAD,
        ByteBuffer.allocate(16 + header.length)
            .putLong(head.version())
            .putLong(head.epoch())
            .put(header)
            .array());
  }

  /** Everything since the last time, durable on return. */
  void commit() {
    store.commit();
    store.sync();
  }

  private static StorageException refusal(Path file, Path holder, MVStoreException e)
      throws UnavailableException {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED -> {
        try {
          yield new InUseException(file + " is held by process " + Files.readString(holder));
        } catch (IOException unreadable) {
          throw new UnavailableException(file + " is held by a process", unreadable);
        }
      }
      case DataUtils.ERROR_FILE_CORRUPT -> new DamagedException(file + " is damaged", e);
      case DataUtils.ERROR_UNSUPPORTED_FORMAT ->
          new IncompatibleException(file + " is of another format than this MVStore's", e);
      default -> new UnavailableException(file + " cannot be opened", e);
    };
  }
}
