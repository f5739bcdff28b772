package io.registrar.jdbc;

import io.registrar.spi.Candidate;
import io.registrar.spi.RegistryName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** One registry's lease, under the database's clock: masters' clocks are never compared. */
final class LeaseTable {
  private static final String LEADER =
      """
      select holder, address from registrar_lease
      where name = :name and expires_at > clock_timestamp()
      """;

  private static final String WIN =
      """
      insert into registrar_lease as held (name, term, holder, address, expires_at)
      values (:name, 1, :holder, :address, clock_timestamp() + :millis * interval '1 ms')
      on conflict (name) do update
      set term = held.term + 1, holder = :holder, address = :address,
        expires_at = clock_timestamp() + :millis * interval '1 ms'
      where held.expires_at <= clock_timestamp()
      returning term
      """;

  private static final String RENEW =
      """
      update registrar_lease set expires_at = clock_timestamp() + :millis * interval '1 ms'
      where name = :name and term = :term and expires_at > clock_timestamp()
      """;

  private static final String GIVE_BACK =
      """
      update registrar_lease set expires_at = '-infinity' where name = :name and term = :term
      """;

  private final String name;
  private final long millis;

  LeaseTable(RegistryName registry, Duration lease) {
    name = registry.text();
    millis = lease.toMillis();
  }

  /** All of them, for whoever wants to see their plans. */
  static List<String> statements() {
    return List.of(LEADER, WIN, RENEW, GIVE_BACK);
  }

  Optional<Candidate> leader(Handle handle) {
    return handle
        .createQuery(LEADER)
        .bind("name", name)
        .map((row, context) -> new Candidate(row.getString("holder"), row.getString("address")))
        .findOne();
  }

  /** Takes the lease if nobody holds it; the term that was won. */
  OptionalLong win(Handle handle, Candidate candidate) {
    // Looked at first, for the attempt itself writes, and those who wait make one again and again.
    if (leader(handle).isPresent()) {
      return OptionalLong.empty();
    }
    return handle
        .createQuery(WIN)
        .bind("name", name)
        .bind("holder", candidate.id())
        .bind("address", candidate.address())
        .bind("millis", millis)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** Holds it for another lease from now; false if it was lost. */
  boolean renew(Handle handle, long term) {
    return handle
            .createUpdate(RENEW)
            .bind("name", name)
            .bind("term", term)
            .bind("millis", millis)
            .execute()
        == 1;
  }

  /** Gives it back, so that the next who asks wins it. */
  int giveBack(Handle handle, long term) {
    return handle.createUpdate(GIVE_BACK).bind("name", name).bind("term", term).execute();
  }
}
