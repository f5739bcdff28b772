package io.registrar.example.master;

import io.registrar.Registrar;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who answers requests for this master: nobody yet, the {@link Standby} while another leads or none
 * does, or the registrar from the moment it leads. Requests may come at any time; those that need a
 * leader are sent to it, or told to come again. Thread-safe.
 */
@Singleton
public final class Leader {
  private volatile Role role = new Role(null, null);

  @Inject
  Leader() {}

  /** This master does not lead, or no longer, and knows who else might. */
  void standsBy(Standby standby) {
    role = new Role(null, standby);
  }

  /** This master leads now. */
  void leads(Registrar recovered) {
    role = new Role(recovered, null);
  }

  /** The registrar, if this master leads, or led to the end of its registrar. */
  public Optional<Registrar> registrar() {
    return Optional.ofNullable(role.registrar);
  }

  /** What is known meanwhile, if this master stands by. */
  public Optional<Standby> standby() {
    return Optional.ofNullable(role.standby);
  }

  private record Role(@Nullable Registrar registrar, @Nullable Standby standby) {}
}
