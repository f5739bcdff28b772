package io.registrar.example.master;

import io.registrar.Registrar;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registrar of this master, from the moment it leads: requests may come before, and are told to
 * come again. Thread-safe.
 */
@Singleton
public final class Leader {
  private volatile @Nullable Registrar registrar;

  @Inject
  Leader() {}

  /** This master leads now. */
  void leads(Registrar recovered) {
    registrar = recovered;
  }

  /** The registrar, if this master leads or has led. */
  public Optional<Registrar> registrar() {
    return Optional.ofNullable(registrar);
  }
}
