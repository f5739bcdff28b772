package io.registrar.log.paxos;

/**
 * Bytes that are no message, no durable record or no entry of ours: cut short, over a bound, or
 * with a kind that is not known. Bytes from the network that raise it are dropped and counted;
 * bytes from our own disk that raise it are damage.
 */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }
}
