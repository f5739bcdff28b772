package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.example.master.Ensemble;
import io.registrar.spi.MembershipAdmin;
import io.registrar.spi.MembershipAdmin.MemberReport;
import io.registrar.spi.StorageException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Who keeps the registry, on a storage that is an ensemble: listed, and changed one member at a
 * time. A change answers with lines of JSON as it goes on: each says what is waited for, and the
 * last one how it ended.
 */
final class MembersResource implements Resource {
  private static final int MOST_SECONDS = 3600;
  private static final int SECONDS = 120;
  private static final int MOST_ID = 65_535;

  private final Ensemble ensemble;

  @Inject
  MembersResource(Ensemble ensemble) {
    this.ensemble = ensemble;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/members", this::list);
    routes.put("/members/{id}", this::add);
    routes.post("/members/{id}/promote", this::promote);
    routes.delete("/members/{id}", this::remove);
  }

  private void list(Context ctx) {
    Query.of(ctx, List.of());
    List<MemberReport> members = members().members();
    Answers.send(
        ctx,
        200,
        json -> {
          json.writeArrayFieldStart("members");
          for (MemberReport member : members) {
            json.writeStartObject();
            json.writeNumberField("id", member.id());
            json.writeStringField("role", member.role().name().toLowerCase(Locale.ROOT));
            if (member.address().isPresent()) {
              json.writeStringField("address", member.address().get());
            }
            if (member.position().isPresent()) {
              json.writeNumberField("position", member.position().getAsLong());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void add(Context ctx) {
    int id = id(ctx);
    Duration timeout = timeout(ctx);
    String address = JsonBody.parse(RequestBody.read(ctx), List.of("address")).text("address");
    try {
      String flags = members().addMember(id, address, timeout);
      Answers.send(ctx, 200, json -> json.writeStringField("flags", flags));
    } catch (IllegalArgumentException e) {
      throw RequestException.malformed(String.valueOf(e.getMessage()));
    } catch (StorageException e) {
      throw new RequestException(409, String.valueOf(e.getMessage()));
    }
  }

  private void promote(Context ctx) throws IOException {
    change(ctx, (members, id, timeout, progress) -> members.promoteMember(id, timeout, progress));
  }

  private void remove(Context ctx) throws IOException {
    change(ctx, (members, id, timeout, progress) -> members.removeMember(id, timeout, progress));
  }

  private void change(Context ctx, Change change) throws IOException {
    int id = id(ctx);
    Duration timeout = timeout(ctx);
    MembershipAdmin members = members();
    try (ProgressLines lines = ProgressLines.answer(ctx)) {
      try {
        change.make(members, id, timeout, lines::waitingFor);
        lines.done();
      } catch (StorageException e) {
        lines.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  private MembershipAdmin members() {
    return ensemble
        .members()
        .orElseThrow(
            () ->
                new RequestException(
                    404,
                    "the registry of this master is not kept by members of its own, so there are none"
                        + " to list or change; --registry=replicated_log has them"));
  }

  private static int id(Context ctx) {
    String text = ctx.pathParam("id");
    try {
      int id = Integer.parseInt(text);
      if (id >= 1 && id <= MOST_ID) {
        return id;
      }
    } catch (NumberFormatException e) {
      throw RequestException.malformed(notAnId(text));
    }
    throw RequestException.malformed(notAnId(text));
  }

  private static String notAnId(String text) {
    return "a member's id is a whole number from 1 to " + MOST_ID + "; got '" + text + "'";
  }

  private static Duration timeout(Context ctx) {
    return Duration.ofSeconds(
        Query.of(ctx, List.of("seconds")).count("seconds", MOST_SECONDS, SECONDS));
  }

  /** What is done to one member. */
  @FunctionalInterface
  private interface Change {
    void make(MembershipAdmin members, int id, Duration timeout, Consumer<String> progress)
        throws StorageException;
  }
}
