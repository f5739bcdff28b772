package io.registrar.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.RecoveryException;
import io.registrar.Registrar;
import io.registrar.RegistrarObserver;
import io.registrar.RegistrarOptions;
import io.registrar.memory.InMemoryStorage;
import io.registrar.record.MasterInfo;
import io.registrar.record.RecordType;
import io.registrar.spi.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegistrarModuleTest {
  private static final RecordType<Job> JOB = RecordType.json("job", Job.class, Job::id);

  private final InMemoryStorage storage = new InMemoryStorage();

  private record Job(String id) {}

  @Test
  void recordsOfAnotherModulesTypeAreKept() throws Exception {
    Module jobs =
        new AbstractModule() {
          @Override
          protected void configure() {
            RegistrarModule.recordTypes(binder()).addBinding().toInstance(JOB);
          }
        };
    Injector injector = Guice.createInjector(leading("m1"), storing(), jobs);
    try (Registrar registrar = injector.getInstance(Registrar.class)) {
      assertThat(injector.getInstance(Registrar.class)).isSameAs(registrar);
      Outcome<String> outcome =
          registrar
              .<String>apply(
                  edit -> {
                    edit.put(JOB, new Job("j1"));
                    return "kept";
                  },
                  Principal.MASTER)
              .get(10, TimeUnit.SECONDS);
      assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    }
    // A registrar reads each record of a type that it knows: it must have been told of this one.
    assertThatThrownBy(
            () ->
                Guice.createInjector(leading("m2"), storing(), brokenJobs())
                    .getInstance(Registrar.class))
        .isInstanceOf(ProvisionException.class)
        .hasCauseInstanceOf(RecoveryException.class)
        .hasMessageContaining("job/j1");
  }

  @Test
  void nothingIsRecoveredBeforeTheRegistrarIsAskedFor() throws Exception {
    Injector injector = Guice.createInjector(leading("m1"), storing());
    assertThat(storage.read(Duration.ofSeconds(1)).epoch()).isZero();
    injector.getInstance(Registrar.class).close();
    assertThat(storage.read(Duration.ofSeconds(1)).epoch()).isEqualTo(1);
  }

  @Test
  void aBoundObserverIsTold() {
    List<Long> recovered = new ArrayList<>();
    RegistrarObserver observer =
        new RegistrarObserver() {
          @Override
          public void recovered(Duration fetch, long records, long bytes) {
            recovered.add(records);
          }
        };
    Module watching =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(RegistrarObserver.class).toInstance(observer);
          }
        };
    Guice.createInjector(leading("m1"), storing(), watching).getInstance(Registrar.class).close();
    assertThat(recovered).containsExactly(0L);
  }

  @Test
  void withoutAStorageThereIsNoInjector() {
    assertThatThrownBy(() -> Guice.createInjector(leading("m1")))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("Storage");
  }

  private static Module leading(String master) {
    return new RegistrarModule(RegistrarOptions.leading(new MasterInfo(master, "h", "", "test")));
  }

  private Module storing() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(Storage.class).toInstance(storage);
      }
    };
  }

  /** The same kind of record, which this program takes for numbers. */
  private static Module brokenJobs() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        RegistrarModule.recordTypes(binder())
            .addBinding()
            .toInstance(RecordType.json("job", Integer.class, String::valueOf));
      }
    };
  }
}
