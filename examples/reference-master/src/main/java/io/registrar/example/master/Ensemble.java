package io.registrar.example.master;

import io.registrar.spi.MembershipAdmin;
import io.registrar.spi.Storage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members that keep the registry, where the storage has any. Thread-safe. */
@Singleton
public final class Ensemble {
  private volatile @Nullable MembershipAdmin members;

  @Inject
  Ensemble() {}

  /** This storage is open now. */
  void observe(Storage storage) {
    members = storage instanceof MembershipAdmin admin ? admin : null;
  }

  /** Who changes the membership; empty if the storage has none, or is not open yet. */
  public Optional<MembershipAdmin> members() {
    return Optional.ofNullable(members);
  }
}
