package io.registrar.log.net;

/**
 * One end of a gRPC stream, dialed or accepted. Sending is not thread-safe: the {@link PeerStream}
 * that holds it sees to that.
 */
interface Wire {
  /** Whether a message would be on its way at once; if not, gRPC calls back when it would. */
  boolean isReady();

  /** Hands over a message. Never blocks. */
  void send(PeerMessage message);

  /** Asks for one more message. */
  void askForMore();

  /** Ends the stream and its connection. */
  void end(String why);
}
