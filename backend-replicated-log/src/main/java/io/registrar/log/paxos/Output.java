package io.registrar.log.paxos;

import java.util.List;

/**
 * What one step asks for. What comes BEFORE what:
 *
 * <ol>
 *   <li>{@code persist} is appended to the store in the order of steps; several outputs may be
 *       synced as one. When it is synced, and not before, {@link Input.Persisted} is given with
 *       {@code sequence} (or a later one). If a write or a sync fails, the replica is never stepped
 *       again.
 *   <li>{@code send} may go at once: the core has held back every message until all records that it
 *       rests on were reported as synced.
 *   <li>{@code load} may be answered at once, or later, or never.
 *   <li>{@code deliver} is for the application, in order. {@link Delivery.Replay} and {@link
 *       Delivery.Truncated} have been held back until their records were synced.
 * </ol>
 *
 * @param sequence of the last record asked for so far; grows only when {@code persist} is not empty
 */
public record Output(
    long sequence,
    List<DurableRecord> persist,
    List<Outgoing> send,
    List<Load> load,
    List<Delivery> deliver) {
  /** Copies the lists. */
  public Output {
    persist = List.copyOf(persist);
    send = List.copyOf(send);
    load = List.copyOf(load);
    deliver = List.copyOf(deliver);
  }
}
