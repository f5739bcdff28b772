package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.registrar.operation.Reserve;
import io.registrar.operation.Unreserve;
import io.registrar.record.Registry;
import io.registrar.record.Reservation;
import io.registrar.record.Roles;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What roles have reserved on agents: all at {@code /reservations}, that of one role on one agent
 * at {@code /reservation?agent=&role=}.
 */
final class ReservationResource implements Resource {
  private static final String ONE = "/reservation";
  private static final String NAME = "reservation";

  private final Changes changes;
  private final Reads reads;

  @Inject
  ReservationResource(Changes changes, Reads reads) {
    this.changes = changes;
    this.reads = reads;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/reservations", this::list);
    routes.get(ONE, this::show);
    routes.put(ONE, this::put);
    routes.delete(ONE, this::remove);
  }

  private void list(Context ctx) throws IOException {
    Optional<String> agent =
        Query.of(ctx, List.of("agent")).find("agent").map(RecordId::wellFormed);
    Registry registry = reads.registry(ctx);
    Answers.records(
        ctx,
        registry,
        Reservation.TYPE,
        "reservations",
        registry
            .all(Reservation.TYPE)
            .filter(one -> agent.isEmpty() || one.agent().equals(agent.get())));
  }

  private void show(Context ctx) {
    Place place = Place.of(ctx);
    Answers.record(
        ctx,
        reads.registry(ctx),
        Reservation.TYPE.key(Reservation.idOf(place.agent(), place.role())),
        NAME);
  }

  private void put(Context ctx) {
    Place place = Place.of(ctx);
    JsonBody body = JsonBody.parse(RequestBody.read(ctx), List.of("resources", "labels"));
    Reservation reservation =
        JsonBody.valid(
            () ->
                new Reservation(
                    place.agent(), place.role(), body.amounts("resources"), body.texts("labels")));
    changes.perform(ctx, new Reserve(reservation), ReservationResource::answer);
  }

  private void remove(Context ctx) {
    Place place = Place.of(ctx);
    changes.perform(ctx, new Unreserve(place.agent(), place.role()), ReservationResource::answer);
  }

  private static Answer answer(Reservation reservation) {
    return Answer.of(200, NAME, Reservation.TYPE, reservation);
  }

  /** Whose reservation, and where. */
  private record Place(String agent, String role) {
    static Place of(Context ctx) {
      Query query = Query.of(ctx, List.of("agent", "role"));
      String agent = query.find("agent").orElseThrow(Place::incomplete);
      String role = query.find("role").orElseThrow(Place::incomplete);
      // The record's id is made of both, and must be one itself.
      RecordId.wellFormed(Reservation.idOf(RecordId.wellFormed(agent), role));
      return new Place(agent, JsonBody.valid(() -> Roles.require(role)));
    }

    private static RequestException incomplete() {
      return RequestException.malformed(
          "whose reservation, and where? give both, as in " + ONE + "?agent=a1&role=web");
    }
  }
}
