package io.registrar.log.disk;

import io.registrar.log.paxos.Ballot;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.StopReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a store holds, so far as it can be read.
 *
 * @param member the place and incarnation that wrote it; empty if nothing can be read
 * @param ensemble that the log belongs to, once it has begun
 * @param starts how often this incarnation has started
 * @param promised no lower ballot is heard
 * @param begin the first position whose entry is kept; 0 without entries
 * @param chosen every position through here is known to be chosen
 * @param end the last position whose entry is kept; 0 without entries
 * @param footing what the log stands on, if it has been cut or fetched
 * @param votesAfter it votes on positions after this one; empty while it does not vote
 * @param retired why it never takes part again, if so
 * @param segments in order
 * @param records how many can be read
 * @param damaged every place where something is lost; empty for a store in order
 */
public record LogStatus(
    Optional<Member> member,
    Optional<EnsembleId> ensemble,
    long starts,
    Ballot promised,
    Position begin,
    Position chosen,
    Position end,
    Optional<Footing> footing,
    Optional<Position> votesAfter,
    Optional<StopReason> retired,
    List<Segment> segments,
    long records,
    List<DamagedPlace> damaged) {
  /** Copies the lists. */
  public LogStatus {
    segments = List.copyOf(segments);
    damaged = List.copyOf(damaged);
  }

  /**
   * One file.
   *
   * @param file where it is
   * @param number from 1
   * @param firstSequence of the first record in it
   * @param bytes its size
   */
  public record Segment(Path file, long number, long firstSequence, long bytes) {}
}
