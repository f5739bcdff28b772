package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;

/**
 * Carries frames between the members of an ensemble. Frames may be lost, repeated and overtake one
 * another; none is altered, and none is given under another member's place than that which its
 * connection has proved.
 *
 * <p>Thread-safe.
 */
public interface PeerNetwork extends AutoCloseable {

  /** Who takes the frames; called on the network's threads, and must not block. */
  @FunctionalInterface
  interface Receiver {
    void received(MemberId from, Bytes frame);

    /**
     * The process of a member has ended: nobody listens any more where it was reached, and it has
     * no connection here. Said after its last frame and before the first of the process that
     * follows it. It need not be said.
     */
    default void ended(Member member) {}
  }

  /**
   * Listens, and begins to dial.
   *
   * @throws IOException it cannot listen; the message names the address
   */
  void start(Receiver receiver) throws IOException;

  /**
   * Sends when there is a connection and room in its queue, else forgets the frame: the protocol
   * asks again. Never blocks.
   */
  void send(MemberId to, Bytes frame);

  /** Where the members are; what it learns from connected peers is added. */
  AddressBook addresses();

  /** Closes every connection. Idempotent. */
  @Override
  void close();
}
