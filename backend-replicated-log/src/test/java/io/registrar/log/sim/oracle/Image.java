package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Founding;
import io.registrar.log.paxos.Load;
import io.registrar.log.paxos.Sighting;
import io.registrar.log.paxos.Vitals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What a sequence of durable records says, read by the oracle for itself. */
public final class Image {
  /**
   * What was last written at a position; {@code acceptedAt} is {@link Round#NONE} if it was
   * learned.
   */
  public record Written(Entry entry, Round acceptedAt) {}

  private final NavigableMap<Long, Written> entries = new TreeMap<>();
  private final NavigableMap<Long, Written> staged = new TreeMap<>();
  private final Map<Voter, Vitals> seen = new HashMap<>();
  private Optional<Voter> self = Optional.empty();
  private Optional<EnsembleId> ensemble = Optional.empty();
  private Optional<Founding> held = Optional.empty();
  private Optional<Footing> footing = Optional.empty();
  private Optional<Footing> stagingOn = Optional.empty();
  private Round promised = Round.NONE;
  private long startNumber;
  private long startNonce;
  private long chosenThrough;
  private long votesAfter = -1;
  private boolean retired;

  public void apply(DurableRecord record) {
    if (record instanceof DurableRecord.Started it) {
      self = Optional.of(Voter.of(it.member()));
      startNumber = it.start().number();
      startNonce = it.start().nonce();
    } else if (record instanceof DurableRecord.Held it) {
      held = Optional.of(it.founding());
    } else if (record instanceof DurableRecord.Begun it) {
      begin(it.founding());
    } else if (record instanceof DurableRecord.Joined it) {
      ensemble = it.ensemble();
    } else if (record instanceof DurableRecord.Promised it) {
      raise(Round.of(it.ballot()));
    } else if (record instanceof DurableRecord.Accepted it) {
      raise(Round.of(it.vote().ballot()));
      long position = it.position().value();
      entries.put(position, new Written(it.vote().entry(), Round.of(it.vote().ballot())));
      chosenThrough = Math.max(chosenThrough, position - 1);
    } else if (record instanceof DurableRecord.Learned it) {
      entries.put(it.position().value(), new Written(it.entry(), Round.NONE));
      chosenThrough = Math.max(chosenThrough, it.position().value());
    } else if (record instanceof DurableRecord.ChosenThrough it) {
      chosenThrough = Math.max(chosenThrough, it.position().value());
    } else {
      applyRare(record);
    }
  }

  private void applyRare(DurableRecord record) {
    if (record instanceof DurableRecord.Staging it) {
      // A checkpoint says again what is being staged; only another snapshot begins anew.
      if (!stagingOn.equals(Optional.of(it.footing()))) {
        staged.clear();
        stagingOn = Optional.of(it.footing());
      }
    } else if (record instanceof DurableRecord.Staged it) {
      staged.put(it.position().value(), new Written(it.entry(), Round.NONE));
    } else if (record instanceof DurableRecord.Installed it) {
      entries.clear();
      entries.putAll(staged);
      stand(it.footing());
      chosenThrough = staged.isEmpty() ? it.footing().through().value() : staged.lastKey();
      staged.clear();
      stagingOn = Optional.empty();
    } else if (record instanceof DurableRecord.Truncated it) {
      stand(it.footing());
    } else if (record instanceof DurableRecord.VotesAfter it) {
      votesAfter = it.position().value();
      raise(Round.of(it.promised()));
    } else if (record instanceof DurableRecord.Seen it) {
      for (Sighting sighting : it.sightings()) {
        seen.merge(Voter.of(sighting.of()), sighting.vitals(), Image::later);
      }
    } else if (record instanceof DurableRecord.Retired) {
      retired = true;
    }
  }

  private void begin(Founding founding) {
    held = Optional.of(founding);
    if (footing.isEmpty()) {
      stand(new Footing(founding.base(), io.registrar.log.paxos.Position.ZERO));
    }
    if (votesAfter < 0) {
      votesAfter = 0;
    }
  }

  private void stand(Footing on) {
    footing = Optional.of(on);
    ensemble = Optional.of(on.base().ensemble());
    chosenThrough = Math.max(chosenThrough, on.base().begin().value() - 1);
  }

  private void raise(Round round) {
    if (round.isAbove(promised)) {
      promised = round;
    }
  }

  private static Vitals later(Vitals a, Vitals b) {
    return new Vitals(
        a.start().number() >= b.start().number() ? a.start() : b.start(),
        Round.of(a.promised()).isAbove(Round.of(b.promised())) ? a.promised() : b.promised(),
        a.end().value() >= b.end().value() ? a.end() : b.end());
  }

  public Optional<Voter> self() {
    return self;
  }

  public Optional<EnsembleId> ensemble() {
    return ensemble;
  }

  public Optional<Founding> held() {
    return held;
  }

  public Optional<Footing> footing() {
    return footing;
  }

  public Round promised() {
    return promised;
  }

  public long startNumber() {
    return startNumber;
  }

  public NavigableMap<Long, Written> entries() {
    return entries;
  }

  /** The entries that are asked for, in order, as many as are there and the bytes allow. */
  public List<Entry> read(Load load) {
    List<Entry> read = new ArrayList<>();
    int bytes = 0;
    for (long p = load.from().value();
        p <= load.through().value() && (read.isEmpty() || bytes < load.most());
        p++) {
      Written written = entries.get(p);
      if (written == null) {
        break;
      }
      read.add(written.entry());
      bytes += written.entry().encode().size();
    }
    return read;
  }

  NavigableMap<Long, Written> staged() {
    return staged;
  }

  public long chosenThrough() {
    return chosenThrough;
  }

  /** The highest position accepted or learned. */
  public long end() {
    return entries.isEmpty() ? chosenThrough : Math.max(chosenThrough, entries.lastKey());
  }

  /** The position after which this disk may vote; -1 if it may not. */
  public long votesAfter() {
    return votesAfter;
  }

  public boolean isRetired() {
    return retired;
  }

  /** Whether whoever holds this image would notice that a disk shows no more than {@code old}. */
  public boolean wouldNotice(Image old) {
    Vitals known = old.self.map(seen::get).orElse(null);
    return known != null
        && (known.start().number() > old.startNumber
            || Round.of(known.promised()).isAbove(old.promised)
            || known.end().value() > old.end());
  }

  /** The nonce of the latest start. */
  public long startNonce() {
    return startNonce;
  }
}
