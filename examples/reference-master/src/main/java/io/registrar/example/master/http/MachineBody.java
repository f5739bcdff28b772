package io.registrar.example.master.http;

import io.registrar.record.MachineId;
import java.util.List;

/** Machines in a body, each {@code {"hostname", "ip"}} with one of them at least. */
final class MachineBody {
  private static final String FIELD = "machines";

  private MachineBody() {}

  /** Those in {@code "machines"}. */
  static List<MachineId> read(JsonBody body) {
    return body.objects(FIELD, List.of("hostname", "ip")).stream()
        .map(
            machine ->
                JsonBody.valid(
                    () -> new MachineId(machine.findText("hostname"), machine.findText("ip"))))
        .toList();
  }
}
