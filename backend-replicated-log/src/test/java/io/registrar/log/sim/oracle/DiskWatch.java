package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Founding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks each record at the moment at which it becomes durable on one disk. */
final class DiskWatch {
  private final Ensembles ensembles;
  private final int host;
  private final Image image;
  private long checkedThrough;

  DiskWatch(Ensembles ensembles, int host, Image image) {
    this.ensembles = ensembles;
    this.host = host;
    this.image = image;
    this.checkedThrough = image.chosenThrough();
  }

  Image image() {
    return image;
  }

  /** Called before the image takes the record. */
  void persisted(DurableRecord record) {
    if (record instanceof DurableRecord.Started it) {
      started(it);
    } else if (record instanceof DurableRecord.Promised it) {
      promised(Round.of(it.ballot()));
    } else if (record instanceof DurableRecord.Accepted it) {
      accepted(it);
    } else if (record instanceof DurableRecord.Learned it) {
      image.apply(record);
      ensemble().ifPresent(e -> e.requireChosen(it.position().value(), it.entry(), name()));
    } else if (record instanceof DurableRecord.Held it) {
      ensembles.holds(self(), it.founding());
    } else if (record instanceof DurableRecord.Begun it) {
      begun(it.founding());
    } else if (record instanceof DurableRecord.VotesAfter it) {
      votesAfter(it.position().value(), Round.of(it.promised()));
    } else if (record instanceof DurableRecord.Installed it) {
      wholeSnapshot(it.footing(), image.staged());
    } else if (record instanceof DurableRecord.Truncated it) {
      wholeSnapshot(it.footing(), image.entries());
    } else if (record instanceof DurableRecord.Staged it) {
      ensemble().ifPresent(e -> e.requireChosen(it.position().value(), it.entry(), name()));
    }
    image.apply(record);
    ensemble().ifPresent(this::chosenIsChosen);
  }

  private void started(DurableRecord.Started it) {
    boolean sameDisk = image.self().equals(Optional.of(Voter.of(it.member())));
    if (sameDisk && it.start().number() <= image.startNumber()) {
      throw new Violation(
          "I4", name() + " starts as " + it.start() + " after start " + image.startNumber());
    }
  }

  private void promised(Round round) {
    if (image.promised().isAbove(round)) {
      throw new Violation("I4", name() + " promises " + round + " after " + image.promised());
    }
    ensemble()
        .ifPresent(
            e -> {
              e.promise(self(), round);
              if (round.proposer().equals(self())) {
                e.votes().promised(self(), round, 0);
              }
            });
  }

  private void accepted(DurableRecord.Accepted it) {
    Round round = Round.of(it.vote().ballot());
    long position = it.position().value();
    if (image.promised().isAbove(round)) {
      throw new Violation(
          "I6",
          name()
              + " accepts "
              + round
              + " at #"
              + position
              + " after promising "
              + image.promised());
    }
    Ensemble e =
        ensemble().orElseThrow(() -> new Violation("I8", name() + " accepts without an ensemble"));
    requireMayVote(e, position, "accepts at #" + position);
    if (position <= image.chosenThrough()) {
      throw new Violation("I2", name() + " accepts at #" + position + ", which it has learned");
    }
    if (round.proposer().equals(self())) {
      ensembles.proposal(e, position, it.vote().ballot(), it.vote().entry());
    }
    e.promise(self(), round);
    e.votes().accepted(self(), position, round, it.vote().entry());
  }

  /** I8, I9: only a voter votes, and one that was admitted later only after its admission. */
  void requireMayVote(Ensemble e, long position, String what) {
    if (image.votesAfter() < 0) {
      throw new Violation("I8", name() + " " + what + " and does not vote yet");
    }
    if (position <= image.votesAfter()) {
      throw new Violation(
          "I9", name() + " " + what + " and votes only after #" + image.votesAfter());
    }
    boolean named = e.votes().memberships().values().stream().anyMatch(all -> all.contains(self()));
    if (!named) {
      throw new Violation("I8", name() + " " + what + " and no membership names it");
    }
  }

  private void begun(Founding founding) {
    ensembles.holds(self(), founding);
    ensembles.begun(host, self(), founding);
    List<Voter> missing = ensembles.notHolding(founding);
    if (!missing.isEmpty()) {
      throw new Violation(
          "I8", name() + " begins " + founding.ensemble() + ", which " + missing + " never held");
    }
  }

  private void votesAfter(long position, Round adopted) {
    Ensemble e =
        ensemble().orElseThrow(() -> new Violation("I9", name() + " votes without an ensemble"));
    List<Voter> admitted = e.votes().memberships().get(position);
    if (admitted == null || !admitted.contains(self())) {
      throw new Violation("I9", name() + " votes after #" + position + ", where nothing admits it");
    }
    Round least = e.leastPromiseAt(position).orElse(Round.NONE);
    if (least.isAbove(adopted) && least.isAbove(image.promised())) {
      throw new Violation(
          "I9",
          name() + " votes after #" + position + " with promise " + adopted + " below " + least);
    }
    long begin = image.footing().map(f -> f.base().begin().value()).orElse(1L);
    for (long p = begin; p <= position; p++) {
      if (!image.entries().containsKey(p)) {
        throw new Violation("I9", name() + " votes after #" + position + " and lacks #" + p);
      }
      e.requireChosen(p, image.entries().get(p).entry(), name());
    }
  }

  private void wholeSnapshot(Footing footing, Map<Long, Image.Written> held) {
    Ensemble e =
        ensemble().orElseThrow(() -> new Violation("I12", name() + " cuts without an ensemble"));
    e.requireFooting(footing, name());
    for (long p = footing.base().begin().value(); p <= footing.through().value(); p++) {
      if (!held.containsKey(p)) {
        throw new Violation("I12", name() + " stands on " + footing + " and lacks #" + p);
      }
    }
  }

  private void chosenIsChosen(Ensemble e) {
    long through = image.chosenThrough();
    long begin = image.footing().map(f -> f.base().begin().value()).orElse(1L);
    for (long p = Math.max(begin, checkedThrough + 1); p <= through; p++) {
      Image.Written written = image.entries().get(p);
      if (written == null) {
        throw new Violation("I13", name() + " has learned up to #" + through + " and lacks #" + p);
      }
      Entry entry = written.entry();
      e.requireChosen(p, entry, name());
    }
    checkedThrough = Math.max(checkedThrough, through);
  }

  private Optional<Ensemble> ensemble() {
    return image.ensemble().flatMap(ensembles::find);
  }

  Voter self() {
    return image
        .self()
        .orElseThrow(
            () -> new Violation("I5", "process " + host + " acts before its start is durable"));
  }

  String name() {
    return "process " + host + image.self().map(voter -> " (" + voter + ")").orElse("");
  }
}
