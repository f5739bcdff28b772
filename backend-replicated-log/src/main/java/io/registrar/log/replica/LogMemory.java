package io.registrar.log.replica;

import io.registrar.log.net.AddressBook;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Membership;
import java.io.IOException;
import java.util.Optional;

/**
 * What is known of a log beside its store, so that an empty store is told from a lost one. Driven
 * by one thread at a time.
 */
public interface LogMemory {
  /** The ensemble that this place has belonged to, if it ever did. */
  Optional<EnsembleId> ensemble();

  /** What it means when the store is empty: that the log is new, or that it was lost. */
  Damage meaningOfEmpty();

  /**
   * Keeps, durably on return, what the replica belongs to and where the others are; quick if
   * nothing has changed.
   */
  void keep(EnsembleId ensemble, Membership membership, AddressBook addresses) throws IOException;
}
