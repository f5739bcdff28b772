package io.registrar.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file through {@link FileChannel}: writes go to the page cache at their offset, and a sync is
 * one {@code fdatasync}. A thread that is interrupted in here loses the channel, as NIO has it.
 */
final class NioFile implements SegmentFile {
  private final FileChannel channel;

  NioFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer into, long at) throws IOException {
    int total = 0;
    while (into.hasRemaining()) {
      int count = channel.read(into, at + total);
      if (count < 0) {
        break;
      }
      total += count;
    }
    return total;
  }

  @Override
  public void write(ByteBuffer from, long at) throws IOException {
    long next = at;
    while (from.hasRemaining()) {
      next += channel.write(from, next);
    }
  }

  @Override
  public void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
