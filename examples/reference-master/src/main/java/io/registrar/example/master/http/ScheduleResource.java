package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.operation.UpdateMaintenanceSchedule;
import io.registrar.record.JsonCodec;
import io.registrar.record.Machine;
import io.registrar.record.MaintenanceSchedule;
import io.registrar.record.MaintenanceWindow;
import io.registrar.record.Registry;
import io.registrar.record.Unavailability;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;

/** Maintenance schedules, several by name: {@code /maintenance/schedule}. */
final class ScheduleResource implements Resource {
  private static final JsonCodec<MaintenanceSchedule> SCHEDULES =
      JsonCodec.of(MaintenanceSchedule.class);

  private final Changes changes;
  private final Reads reads;

  @Inject
  ScheduleResource(Changes changes, Reads reads) {
    this.changes = changes;
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/maintenance/schedule", this::show);
    routes.put("/maintenance/schedule", this::put);
  }

  private void show(Context ctx) throws IOException {
    Query.of(ctx, List.of());
    Registry registry = reads.registry(ctx);
    List<MaintenanceSchedule> schedules = MaintenanceSchedule.of(registry.all(Machine.TYPE));
    Answers.stream(
        ctx,
        json -> {
          json.writeNumberField("version", registry.version());
          json.writeArrayFieldStart("schedules");
          for (MaintenanceSchedule schedule : schedules) {
            Answers.writeRaw(json, SCHEDULES.encode(schedule, null));
          }
          json.writeEndArray();
        });
  }

  private void put(Context ctx) {
    Query.of(ctx, List.of());
    MaintenanceSchedule schedule = read(RequestBody.read(ctx));
    changes.perform(
        ctx,
        new UpdateMaintenanceSchedule(schedule),
        updated ->
            new Answer(
                200,
                json -> {
                  json.writeFieldName("schedule");
                  Answers.writeRaw(json, SCHEDULES.encode(updated, null));
                }));
  }

  private static MaintenanceSchedule read(byte[] bytes) {
    JsonBody body = JsonBody.parse(bytes, List.of("name", "windows"));
    List<MaintenanceWindow> windows =
        body.objects("windows", List.of("machines", "unavailability")).stream()
            .map(ScheduleResource::window)
            .toList();
    String name = body.findText("name").orElse(MaintenanceSchedule.DEFAULT_NAME);
    return JsonBody.valid(() -> new MaintenanceSchedule(name, windows));
  }

  private static MaintenanceWindow window(JsonBody window) {
    JsonBody when = window.object("unavailability", List.of("start", "duration"));
    return JsonBody.valid(
        () ->
            new MaintenanceWindow(
                MachineBody.read(window),
                new Unavailability(when.instant("start"), when.findDuration("duration"))));
  }
}
