package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import java.io.IOException;
import java.time.Duration;

/** Who answers clients. Thread-safe: requests come at the same time, each on its own thread. */
@FunctionalInterface
public interface ClientRequests {
  /** After so long without a word, either end shows the other a sign of life. */
  Duration PULSE = Duration.ofSeconds(5);

  /** After so long without one, either end gives the other up. */
  Duration SILENCE = Duration.ofSeconds(20);

  /** Where the parts of one answer go. Used by the thread that handles the request alone. */
  interface Answer {
    /**
     * Sends one part; blocks while the client is slow, so that an answer of any length needs the
     * memory of a few parts.
     *
     * @param part at most {@link NetworkLimits#frameBytes} long
     * @throws IOException the client has left, or has taken nothing for 30 s
     * @throws InterruptedException the client has left, or the network is closed
     */
    void send(Bytes part) throws IOException, InterruptedException;
  }

  /**
   * Answers a request. The answer is complete when this returns. May block; the thread is
   * interrupted when the client leaves.
   *
   * @throws RequestRefusedException what is asked cannot be done; the client is told the message
   * @throws IOException as {@link Answer#send} throws
   * @throws InterruptedException as {@link Answer#send} throws
   */
  void handle(ClientRequest request, Answer answer) throws IOException, InterruptedException;
}
