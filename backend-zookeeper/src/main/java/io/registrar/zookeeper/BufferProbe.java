package io.registrar.zookeeper;

import io.registrar.spi.IncompatibleException;
import io.registrar.spi.StorageException;
import java.util.List;
import org.apache.zookeeper.Op;

/**
 * Finds out whether the servers take requests of a given size. One that does not ends the
 * connection without a word, which looks like a network fault; so a request of that size is sent
 * which reads a node that cannot be, and small ones between show that the network is well.
 */
final class BufferProbe {
  /** A server may also go down by chance while it is asked; not this often in a row. */
  private static final int ATTEMPTS = 3;

  private final Ensemble ensemble;
  private final HeadNodes nodes;

  BufferProbe(Ensemble ensemble, HeadNodes nodes) {
    this.ensemble = ensemble;
    this.nodes = nodes;
  }

  /**
   * Returns if a server took a request of this many bytes.
   *
   * @throws IncompatibleException if the servers end the connection over it
   * @throws NoAnswerException if the time ran out
   */
  void requires(int bytes, Deadline deadline) throws StorageException, NoAnswerException {
    List<Op> request = requestOf(bytes);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        ensemble.ask(request, deadline);
        return;
      } catch (NoAnswerException e) {
        ensemble.backOff(deadline, e);
        nodes.nearby(deadline);
      }
    }
    throw new IncompatibleException(
        "the ZooKeeper servers of "
            + ensemble
            + " end the connection over a request of "
            + bytes
            + " bytes: set jute.maxbuffer to that or more on every server, or --zk_max_buffer to"
            + " what they have");
  }

  static List<Op> requestOf(int bytes) {
    int frame = WireSize.of(List.of(Op.getData("/")));
    return List.of(Op.getData("/" + "-".repeat(Math.max(1, bytes - frame))));
  }
}
