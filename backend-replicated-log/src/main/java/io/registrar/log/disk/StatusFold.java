package io.registrar.log.disk;

import io.registrar.log.paxos.Ballot;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sums up the records of a store, one after the other. */
final class StatusFold implements LogScan.Visitor {
  private final Directory directory;
  private final List<LogStatus.Segment> segments = new ArrayList<>();
  private final List<DamagedPlace> damaged = new ArrayList<>();
  private final EntryIndex index = new EntryIndex();
  private Optional<Member> member = Optional.empty();
  private Optional<EnsembleId> ensemble = Optional.empty();
  private long starts;
  private Ballot promised = Ballot.NONE;
  private Position chosen = Position.ZERO;
  private Optional<Footing> footing = Optional.empty();
  private Optional<Position> votesAfter = Optional.empty();
  private Optional<StopReason> retired = Optional.empty();
  private long records;

  StatusFold(Directory directory) {
    this.directory = directory;
  }

  LogStatus status() {
    return new LogStatus(
        member,
        ensemble,
        starts,
        promised,
        index.begin(),
        chosen,
        index.end(),
        footing,
        votesAfter,
        retired,
        segments,
        records,
        damaged);
  }

  @Override
  public void segment(SegmentHeader header, long bytes) {
    segments.add(
        new LogStatus.Segment(
            directory.path(SegmentName.of(header.number())),
            header.number(),
            header.firstSequence(),
            bytes));
  }

  @Override
  public void damaged(DamagedPlace place) {
    damaged.add(place);
  }

  @Override
  public void found(StoredRecord stored) {
    records++;
    index.note(stored);
    DurableRecord durable = stored.record();
    ensemble = Recovery.ensembleOf(durable).or(() -> ensemble);
    if (durable instanceof DurableRecord.Started it) {
      member = Optional.of(it.member());
      starts = it.start().number();
    } else if (durable instanceof DurableRecord.Begun) {
      votesAfter = Optional.of(votesAfter.orElse(Position.ZERO));
    } else if (durable instanceof DurableRecord.VotesAfter it) {
      votesAfter = Optional.of(it.position());
      promise(it.promised());
    } else if (durable instanceof DurableRecord.Promised it) {
      promise(it.ballot());
    } else if (durable instanceof DurableRecord.Accepted it) {
      promise(it.vote().ballot());
      chosenThrough(it.position().previous());
    } else if (durable instanceof DurableRecord.Learned it) {
      chosenThrough(it.position());
    } else if (durable instanceof DurableRecord.ChosenThrough it) {
      chosenThrough(it.position());
    } else if (durable instanceof DurableRecord.Truncated it) {
      standOn(it.footing());
    } else if (durable instanceof DurableRecord.Installed it) {
      standOn(it.footing());
    } else if (durable instanceof DurableRecord.Retired it) {
      retired = Optional.of(it.reason());
    }
  }

  private void promise(Ballot ballot) {
    promised = ballot.beats(promised) ? ballot : promised;
  }

  private void chosenThrough(Position position) {
    chosen = position.isAfter(chosen) ? position : chosen;
  }

  private void standOn(Footing newFooting) {
    footing = Optional.of(newFooting);
    chosenThrough(newFooting.through());
  }
}
