package io.registrar.example.master;

import io.registrar.RegistryReader;
import io.registrar.example.master.Refreshed.Reading;
import io.registrar.record.Registry;
import io.registrar.spi.Candidate;
import io.registrar.spi.Election;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a master knows while it does not lead: who does, and the records as they were a while ago.
 * Both are read when somebody asks. Thread-safe.
 */
public final class Standby {
  private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

  /** Many who ask at once share one question; a redirection that is this old does no harm. */
  private static final Duration LEADER_AGE = Duration.ofMillis(250);

  private static final Duration LEADER_WITHIN = Duration.ofSeconds(5);

  private final String self;
  private final Refreshed<Optional<Candidate>> leader;
  private final Refreshed<Registry> copy;

  /**
   * @param self this candidate's id
   * @param copyAge how old records may be that are shown
   */
  Standby(Election election, String self, RegistryReader reader, Duration copyAge) {
    this.self = self;
    this.leader = new Refreshed<>(() -> election.leader(LEADER_WITHIN), LEADER_AGE);
    this.copy = new Refreshed<>(reader::read, copyAge);
  }

  /**
   * The records as they were.
   *
   * @param registry the records
   * @param age how long ago they were read: every commit acknowledged before that is among them
   */
  public record Copy(Registry registry, Duration age) {
    static Copy of(Reading<Registry> reading) {
      return new Copy(reading.value(), reading.age());
    }
  }

  /**
   * Where the leader is, if another master leads. Blocks for some seconds at most.
   *
   * @throws NotKnownException if that cannot be found out
   */
  public Optional<URI> leader() throws NotKnownException {
    Optional<Candidate> found = leader.get().value().filter(one -> !one.id().equals(self));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String address = found.get().address();
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      throw new NotKnownException("the leader's address '" + address + "' is none", e);
    }
    throw new NotKnownException("the leader's address '" + address + "' is none");
  }

  /**
   * The records, read anew if the copy is older than it may be; the old copy, if they cannot be.
   *
   * @throws NotKnownException if they cannot be read, and never were
   */
  public Copy registry() throws NotKnownException {
    try {
      return Copy.of(copy.get());
    } catch (NotKnownException e) {
      Optional<Copy> old = copied();
      LOG.debug("the standby's copy cannot be read anew", e); // its age tells whoever asks
      return old.orElseThrow(() -> e);
    }
  }

  /** The copy as it is, if there is one; nothing is read. */
  public Optional<Copy> copied() {
    return Optional.ofNullable(copy.latest()).map(Copy::of);
  }
}
