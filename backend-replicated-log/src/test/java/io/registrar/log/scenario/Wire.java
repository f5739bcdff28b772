package io.registrar.log.scenario;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Envelope;
import io.registrar.log.paxos.EnvelopeCodec;
import io.registrar.log.paxos.MalformedException;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Outgoing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A network of encoded messages, which go nowhere until a scenario says so. */
final class Wire {
  /** A message under way. */
  record Flying(MemberId from, MemberId to, Bytes frame) {
    Envelope envelope() {
      try {
        return EnvelopeCodec.decode(frame);
      } catch (MalformedException broken) {
        throw new IllegalStateException("a message that was sent cannot be read", broken);
      }
    }

    String kind() {
      return envelope().message().getClass().getSimpleName();
    }

    @Override
    public String toString() {
      return from + " -> " + to + " " + Render.message(envelope().message());
    }
  }

  private final List<Flying> flying = new ArrayList<>();
  private final List<Flying> stashed = new ArrayList<>();
  private final Set<String> cut = new TreeSet<>();

  void send(MemberId from, Outgoing outgoing) {
    if (!cut.contains(from + ">" + outgoing.to())) {
      flying.add(new Flying(from, outgoing.to(), outgoing.frame()));
    }
  }

  /** What is sent this way from now on is lost. */
  void cut(MemberId from, MemberId to) {
    cut.add(from + ">" + to);
    flying.removeIf(message -> message.from().equals(from) && message.to().equals(to));
  }

  void heal() {
    cut.clear();
  }

  /** The first message under way that fits, which is under way no more. */
  Optional<Flying> take(Predicate<Flying> which) {
    for (Iterator<Flying> all = flying.iterator(); all.hasNext(); ) {
      Flying next = all.next();
      if (which.test(next)) {
        all.remove();
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  List<Flying> peek(Predicate<Flying> which) {
    return flying.stream().filter(which).toList();
  }

  /** All that fit now, which are under way no more. */
  List<Flying> takeAll(Predicate<Flying> which) {
    List<Flying> taken = peek(which);
    flying.removeIf(which);
    return taken;
  }

  int drop(Predicate<Flying> which) {
    return takeAll(which).size();
  }

  /** Keeps messages back, however much time goes by. */
  List<Flying> stash(Predicate<Flying> which) {
    List<Flying> kept = takeAll(which);
    stashed.addAll(kept);
    return kept;
  }

  /** Lets go of what was kept back. */
  List<Flying> unstash() {
    List<Flying> freed = List.copyOf(stashed);
    stashed.clear();
    return freed;
  }
}
