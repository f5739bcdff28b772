package io.registrar.example.master;

import com.google.inject.AbstractModule;
import io.registrar.RegistrarObserver;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.example.master.http.HttpModule;
import io.registrar.example.master.metric.RegistrarMetrics;

/** How the master is put together: all else is found by its constructors. */
final class MasterModule extends AbstractModule {
  private final MasterFlags flags;

  MasterModule(MasterFlags flags) {
    this.flags = flags;
  }

  @Override
  protected void configure() {
    binder().requireAtInjectOnConstructors();
    install(new HttpModule());
    bind(MasterFlags.class).toInstance(flags);
    bind(RegistrarObserver.class).to(RegistrarMetrics.class);
  }
}
