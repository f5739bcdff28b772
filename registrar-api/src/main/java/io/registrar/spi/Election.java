package io.registrar.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * Elects one leader among candidates by a lease (rule 8). It decides who tries to lead; safety
 * never rests on it, for fencing does that. All methods may be called by any thread.
 */
public interface Election {
  /**
   * Waits until this candidate is the leader.
   *
   * @param timeout how long to wait, more than zero
   * @return the leadership, or empty if the time ran out while another led
   * @throws UnavailableException if the election could not be reached; the candidate does not lead
   * @throws ClosedException if the storage was closed
   */
  Optional<Leadership> campaign(Candidate candidate, Duration timeout) throws StorageException;

  /**
   * Who leads now, as far as this process can tell; empty if nobody holds an unexpired lease.
   *
   * @param timeout within which the call ends, more than zero
   * @throws UnavailableException if the election could not be reached in time
   */
  Optional<Candidate> leader(Duration timeout) throws StorageException;
}
