package io.registrar.example.master.http;

import io.javalin.http.Context;
import io.registrar.Registrar;
import io.registrar.example.master.Leader;
import io.registrar.example.master.NotKnownException;
import io.registrar.example.master.Standby;
import io.registrar.record.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * The records to answer a request from: the leader's own, or a standby's copy. What comes from a
 * copy says how old it is, in the header {@code Age} (in seconds, as for any cache) and in the
 * field {@code ageMillis}.
 */
@Singleton
final class Reads {
  private static final String AGE = Reads.class.getName();

  private final Leader leader;

  @Inject
  Reads(Leader leader) {
    this.leader = leader;
  }

  /** The records; the answer to the request will say how old they are. */
  Registry registry(Context ctx) {
    Optional<Registrar> registrar = leader.registrar();
    if (registrar.isPresent()) {
      return registrar.get().registry();
    }
    try {
      Standby.Copy copy = leader.standby().orElseThrow(NotLeadingException::new).registry();
      ctx.attribute(AGE, copy.age());
      ctx.header("Age", Long.toString(copy.age().toSeconds()));
      return copy.registry();
    } catch (NotKnownException e) {
      throw new RequestException(
          503,
          "this master does not lead, and has no copy of the records ("
              + e.getMessage()
              + "); try again later, or ask the leader: "
              + Redirection.PATH
              + " tells where it is");
    }
  }

  /** How old the records are that this request is answered from, if they are a copy. */
  static Optional<Duration> age(Context ctx) {
    return Optional.ofNullable(ctx.attribute(AGE));
  }
}
