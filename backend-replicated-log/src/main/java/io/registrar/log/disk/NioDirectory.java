package io.registrar.log.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the file system. */
final class NioDirectory implements Directory {
  private final Path directory;

  NioDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public SegmentFile create(String name) throws IOException {
    return new NioFile(FileChannel.open(path(name), CREATE, TRUNCATE_EXISTING, READ, WRITE));
  }

  @Override
  public SegmentFile open(String name) throws IOException {
    return new NioFile(FileChannel.open(path(name), READ, WRITE));
  }

  @Override
  public SegmentFile openToRead(String name) throws IOException {
    return new NioFile(FileChannel.open(path(name), READ));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(path(name));
  }

  @Override
  public void sync() throws IOException {
    sync(directory);
  }

  @Override
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Makes durable the names in a directory. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }
}
