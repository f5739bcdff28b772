package io.registrar.example.master.http;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import java.util.List;

/** What the master answers to: each resource is named here, and found by its constructor. */
public final class HttpModule extends AbstractModule {
  private static final List<Class<? extends Resource>> RESOURCES =
      List.of(
          AgentResource.class,
          AgentWorkResource.class,
          AgentListResource.class,
          FailoverResource.class,
          FrameworkResource.class,
          ScheduleResource.class,
          MachineResource.class,
          QuotaResource.class,
          WeightsResource.class,
          ResourceProviderResource.class,
          ReservationResource.class,
          MembersResource.class,
          RegistryResource.class,
          HistoryResource.class,
          HealthResource.class,
          MetricsResource.class,
          SummaryResource.class,
          PageResource.class,
          OpenApiResource.class);

  @Override
  protected void configure() {
    Multibinder<Resource> resources = Multibinder.newSetBinder(binder(), Resource.class);
    RESOURCES.forEach(resource -> resources.addBinding().to(resource));
  }
}
