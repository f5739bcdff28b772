package io.registrar.zookeeper;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.jute.BinaryOutputArchive;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.Op;

/** How many bytes a request takes, as a server counts them against {@code jute.maxbuffer}. */
final class WireSize {
  /** What stands before the operations: the request's number and kind. */
  private static final int HEADER_BYTES = 8;

  private WireSize() {}

  static int of(List<Op> request) {
    Counter counter = new Counter();
    try {
      new MultiOperationRecord(request)
          .serialize(BinaryOutputArchive.getArchive(counter), "request");
    } catch (IOException e) {
      throw new UncheckedIOException("counting bytes does no I/O", e);
    }
    return HEADER_BYTES + counter.bytes;
  }

  private static final class Counter extends OutputStream {
    private int bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int from, int length) {
      bytes += length;
    }
  }
}
