package io.registrar.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.registrar.RecoveryException;
import io.registrar.Registrar;
import io.registrar.RegistrarObserver;
import io.registrar.RegistrarOptions;
import io.registrar.record.RecordType;
import io.registrar.spi.Storage;
import java.util.Optional;
import java.util.Set;

/**
 * Binds a {@link Registrar} that leads the registry of the {@link Storage} which another module
 * binds. A bound {@link RegistrarObserver} is told what it does.
 *
 * <p>The registrar is recovered when it is first asked for, which blocks for as long as {@link
 * Registrar#recover} does, and fences whoever led before. So a master that has more to check first
 * injects a {@code Provider<Registrar>}, and does not build its injector in {@code
 * Stage.PRODUCTION}. A recovery that is refused reaches the caller as a {@code ProvisionException}
 * with the {@link RecoveryException} as its cause.
 *
 * <p>Guice ends nothing: the master closes first the registrar, and then the storage.
 */
public final class RegistrarModule extends AbstractModule {
  private static final TypeLiteral<RecordType<?>> RECORD_TYPE = new TypeLiteral<>() {};

  private final RegistrarOptions.Builder options;

  /**
   * @param options how the registrar is to work; not to be changed afterwards
   */
  public RegistrarModule(RegistrarOptions.Builder options) {
    this.options = options;
  }

  /**
   * Where any module names the record types that it brings, beside the built-in ones:
   *
   * <pre>{@code RegistrarModule.recordTypes(binder()).addBinding().toInstance(Job.TYPE);}</pre>
   */
  public static Multibinder<RecordType<?>> recordTypes(Binder binder) {
    return Multibinder.newSetBinder(binder, RECORD_TYPE);
  }

  @Override
  protected void configure() {
    requireBinding(Storage.class);
    recordTypes(binder());
    OptionalBinder.newOptionalBinder(binder(), RegistrarObserver.class);
  }

  @Provides
  @Singleton
  Registrar recover(Storage storage, Set<RecordType<?>> types, Optional<RegistrarObserver> observer)
      throws RecoveryException {
    options.types(types);
    observer.ifPresent(options::observer);
    return Registrar.recover(storage, options.build());
  }
}
