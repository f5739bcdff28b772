package io.registrar.log.disk;

import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a store learns of itself when it is opened. */
final class Recovery implements LogScan.Visitor {
  private static final int NAMED_PLACES = 100;

  final TreeMap<Long, SegmentHeader> segments = new TreeMap<>();
  final EntryIndex index = new EntryIndex();
  final List<DamagedPlace> damaged = new ArrayList<>();
  Optional<EnsembleId> ensemble = Optional.empty();
  boolean isEmpty = true;
  private final Directory directory;
  private final MemberId member;

  private Recovery(Directory directory, MemberId member) {
    this.directory = directory;
    this.member = member;
  }

  /** What is in a directory, and where it ends. */
  record Found(Recovery recovery, LogScan.Tail tail) {}

  static Found from(Directory directory, MemberId member) throws IOException {
    Recovery recovery = new Recovery(directory, member);
    return new Found(recovery, LogScan.of(directory, recovery));
  }

  @Override
  public void segment(SegmentHeader header, long bytes) throws IOException {
    if (!header.member().equals(member)) {
      throw new IncompatibleStoreException(
          directory.path(SegmentName.of(header.number()))
              + " belongs to member "
              + header.member().value()
              + ", and this is member "
              + member.value()
              + ": give each member a directory of its own");
    }
    segments.put(header.number(), header);
  }

  @Override
  public void found(StoredRecord stored) {
    isEmpty = false;
    index.note(stored);
    ensemble = ensembleOf(stored.record()).or(() -> ensemble);
  }

  @Override
  public void damaged(DamagedPlace place) {
    if (damaged.size() < NAMED_PLACES) {
      damaged.add(place);
    }
  }

  /** The ensemble that a record says the log belongs to. */
  static Optional<EnsembleId> ensembleOf(DurableRecord durable) {
    if (durable instanceof DurableRecord.Begun it) {
      return Optional.of(it.founding().ensemble());
    } else if (durable instanceof DurableRecord.Joined it) {
      return it.ensemble();
    } else if (durable instanceof DurableRecord.Installed it) {
      return Optional.of(it.footing().base().ensemble());
    } else if (durable instanceof DurableRecord.Truncated it) {
      return Optional.of(it.footing().base().ensemble());
    }
    return Optional.empty();
  }
}
