package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a store come to. Two passes: the first finds how far is chosen and what the
 * log stands on, the second reads the entries in between through the ledger. No more than two
 * entries are held at once.
 */
final class Restored {
  @Nullable Member member;
  Start start = Start.NONE;
  Optional<StopReason> retired = Optional.empty();
  Optional<Founding> held = Optional.empty();
  Optional<Founding> begun = Optional.empty();
  Optional<DurableRecord.Joined> joined = Optional.empty();
  Ballot promised = Ballot.NONE;
  Optional<Position> votesAfter = Optional.empty();
  final List<Sighting> sightings = new ArrayList<>();
  Position chosen = Position.ZERO;
  Optional<Footing> footing = Optional.empty();
  Optional<ProposalTag> tag = Optional.empty();
  @Nullable Ledger ledger;
  @Nullable Staging staging;
  private boolean entriesAreThere;
  private Optional<DurableRecord.Accepted> lastAccepted = Optional.empty();
  private Optional<Footing> stagingOn = Optional.empty();
  private long stagedFrom = -1;
  private long installedAt = -1;
  private long installedFrom = -1;

  private Restored() {}

  static Restored from(Iterable<DurableRecord> survived) {
    Restored restored = new Restored();
    long index = 0;
    for (DurableRecord durable : survived) {
      restored.note(durable, index++);
    }
    restored.readEntries(survived);
    return restored;
  }

  boolean isEmpty() {
    return member == null;
  }

  /** Whether every position from the begin through the last chosen one was there. */
  boolean isSound() {
    return footing.isEmpty() || entriesAreThere;
  }

  Optional<Vote> accepted() {
    return lastAccepted
        .filter(last -> last.position().equals(chosen.next()))
        .map(DurableRecord.Accepted::vote);
  }

  private void note(DurableRecord durable, long index) {
    if (durable instanceof DurableRecord.Started it) {
      member = it.member();
      start = it.start();
    } else if (durable instanceof DurableRecord.Retired it) {
      retired = Optional.of(it.reason());
    } else if (durable instanceof DurableRecord.Promised it) {
      promised = Ballot.max(promised, it.ballot());
    } else if (durable instanceof DurableRecord.Accepted it) {
      lastAccepted = Optional.of(it);
      promised = Ballot.max(promised, it.vote().ballot());
      chosen = Position.max(chosen, it.position().previous());
    } else if (durable instanceof DurableRecord.Learned it) {
      chosen = Position.max(chosen, it.position());
    } else if (durable instanceof DurableRecord.ChosenThrough it) {
      chosen = Position.max(chosen, it.position());
    } else if (durable instanceof DurableRecord.VotesAfter it) {
      votesAfter = Optional.of(it.position());
      promised = Ballot.max(promised, it.promised());
    } else if (durable instanceof DurableRecord.Seen it) {
      sightings.addAll(it.sightings());
    } else {
      noteOrigin(durable, index);
    }
  }

  private void noteOrigin(DurableRecord durable, long index) {
    if (durable instanceof DurableRecord.Held it) {
      held = Optional.of(it.founding());
    } else if (durable instanceof DurableRecord.Begun it) {
      begun = Optional.of(it.founding());
      votesAfter = Optional.of(votesAfter.orElse(Position.ZERO));
      footing = Optional.of(footing.orElse(Footing.of(it.founding())));
    } else if (durable instanceof DurableRecord.Joined it) {
      joined = Optional.of(it);
    } else if (durable instanceof DurableRecord.Staging it) {
      if (stagingOn.filter(it.footing()::equals).isEmpty()) {
        stagingOn = Optional.of(it.footing());
        stagedFrom = index;
      }
    } else if (durable instanceof DurableRecord.Installed it) {
      footing = Optional.of(it.footing());
      chosen = Position.max(chosen, it.footing().through());
      installedAt = index;
      installedFrom = stagedFrom;
      stagingOn = Optional.empty();
    } else if (durable instanceof DurableRecord.Truncated it) {
      footing = Optional.of(it.footing());
      chosen = Position.max(chosen, it.footing().through());
    }
  }

  private void readEntries(Iterable<DurableRecord> survived) {
    EntryReader entries = footing.map(on -> new EntryReader(on, chosen)).orElse(null);
    Staging unfinished = stagingOn.map(Staging::new).orElse(null);
    long index = 0;
    for (DurableRecord durable : survived) {
      if (durable instanceof DurableRecord.Staged it) {
        if (entries != null && index > installedFrom && index < installedAt) {
          entries.read(it.position(), it.entry());
        }
        if (unfinished != null && index > stagedFrom && it.position().equals(unfinished.next())) {
          unfinished.add(it.entry());
        }
      } else if (entries != null && index > installedAt) {
        entries.readLog(durable);
      }
      index++;
    }
    if (entries != null) {
      entries.finish();
      ledger = entries.ledger();
      tag = entries.tag();
      entriesAreThere = entries.isComplete();
    }
    staging = unfinished;
  }
}
