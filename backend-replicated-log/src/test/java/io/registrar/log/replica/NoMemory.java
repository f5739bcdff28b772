package io.registrar.log.replica;

import io.registrar.log.net.AddressBook;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Membership;
import java.util.Optional;

/** Of a member whose store is always new. */
final class NoMemory implements LogMemory {
  @Override
  public Optional<EnsembleId> ensemble() {
    return Optional.empty();
  }

  @Override
  public Damage meaningOfEmpty() {
    return Damage.none();
  }

  @Override
  public void keep(EnsembleId ensemble, Membership membership, AddressBook addresses) {
    // The store is never empty after this.
  }
}
