package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Envelope;
import io.registrar.log.paxos.Message;
import io.registrar.log.paxos.ProposalTag;
import io.registrar.log.paxos.Vote;
import java.util.Optional;

/**
 * Checks each message at the moment at which it leaves a process against what that process's disk
 * holds for certain and against what has been chosen.
 */
final class WireWatch {
  private final Ensembles ensembles;

  WireWatch(Ensembles ensembles) {
    this.ensembles = ensembles;
  }

  void sent(DiskWatch disk, Envelope envelope) {
    Image image = disk.image();
    if (!image.self().equals(Optional.of(Voter.of(envelope.from())))) {
      throw new Violation("I5", disk.name() + " speaks as " + envelope.from());
    }
    vitals(disk, envelope);
    Message message = envelope.message();
    if (message instanceof Message.Found
        || message instanceof Message.Holding
        || message instanceof Message.Begin) {
      founding(disk, message);
      return;
    }
    envelope
        .ensemble()
        .flatMap(ensembles::find)
        .ifPresent(
            e -> {
              voting(e, disk, message);
              learning(e, disk, message);
            });
  }

  /** I5: what a process shows of its disk is on its disk. */
  private static void vitals(DiskWatch disk, Envelope envelope) {
    Round promised = Round.of(envelope.vitals().promised());
    if (promised.isAbove(disk.image().promised())) {
      throw new Violation(
          "I5",
          disk.name() + " shows promise " + promised + ", durable is " + disk.image().promised());
    }
    if (envelope.vitals().end().value() > disk.image().end()) {
      throw new Violation(
          "I5",
          disk.name()
              + " shows end "
              + envelope.vitals().end()
              + ", durable is #"
              + disk.image().end());
    }
  }

  private void founding(DiskWatch disk, Message message) {
    Image image = disk.image();
    if (message instanceof Message.Holding holding
        && !ensembles.hasHeld(disk.self(), holding.ensemble())) {
      throw new Violation("I5", disk.name() + " says " + holding + ", which was never durable");
    }
    if (message instanceof Message.Begin begin && image.votesAfter() < 0) {
      throw new Violation("I5", disk.name() + " says " + begin + " and has not begun");
    }
  }

  private void voting(Ensemble e, DiskWatch disk, Message message) {
    if (message instanceof Message.Promise it) {
      promise(e, disk, it);
    } else if (message instanceof Message.Accept it) {
      ensembles.proposal(e, it.position().value(), it.ballot(), it.entry());
      it.previous().ifPresent(tag -> requireTag(e, it.position().value() - 1, tag, disk.name()));
    } else if (message instanceof Message.Accepted it) {
      disk.requireMayVote(e, it.position().value(), "says it accepted #" + it.position().value());
      if (!e.votes().hasAccepted(disk.self(), it.position().value(), Round.of(it.ballot()))) {
        throw new Violation("I5", disk.name() + " says " + it + ", which is not durable");
      }
    } else if (message instanceof Message.PromiseIs it) {
      if (Round.of(it.promised()).isAbove(disk.image().promised())) {
        throw new Violation(
            "I5", disk.name() + " says " + it + ", durable is " + disk.image().promised());
      }
      e.requireChosenThrough(it.after().value(), disk.name());
    }
  }

  private void promise(Ensemble e, DiskWatch disk, Message.Promise it) {
    Round round = Round.of(it.ballot());
    long position = it.position().value();
    disk.requireMayVote(e, position, "promises #" + position);
    if (round.isAbove(disk.image().promised())) {
      throw new Violation(
          "I5", disk.name() + " says " + it + ", durable is " + disk.image().promised());
    }
    Image.Written written = disk.image().entries().get(position);
    boolean hidden =
        written != null
            && it.chosen().value() < position
            && !written.acceptedAt().equals(Round.NONE)
            && round.isAbove(written.acceptedAt())
            && !it.accepted().map(Vote::entry).equals(Optional.of(written.entry()));
    if (hidden) {
      throw new Violation("I2", disk.name() + " says " + it + " and hides " + written);
    }
    e.requireChosenThrough(it.chosen().value(), disk.name());
    e.votes().promised(disk.self(), round, position);
  }

  private static void learning(Ensemble e, DiskWatch disk, Message message) {
    if (message instanceof Message.Heartbeat it) {
      e.requireChosenThrough(it.chosen().value(), disk.name());
      it.tag().ifPresent(tag -> requireTag(e, it.chosen().value(), tag, disk.name()));
    } else if (message instanceof Message.Following it) {
      e.requireChosenThrough(it.chosen().value(), disk.name());
    } else if (message instanceof Message.Status it) {
      e.requireChosenThrough(it.chosen().value(), disk.name());
    } else if (message instanceof Message.StandsOn it) {
      e.requireFooting(it.footing(), disk.name());
    } else if (message instanceof Message.Entries it) {
      long position = it.from().value();
      for (Entry entry : it.entries()) {
        e.requireChosen(position++, entry, disk.name());
      }
    }
  }

  private static void requireTag(Ensemble e, long position, ProposalTag tag, String who) {
    Optional<ProposalTag> chosen = e.votes().chosen(position).map(Entry::tag);
    if (position > 0 && !chosen.equals(Optional.of(tag))) {
      throw new Violation(
          "I7", who + " takes " + tag + " as chosen at #" + position + "; chosen is " + chosen);
    }
  }
}
