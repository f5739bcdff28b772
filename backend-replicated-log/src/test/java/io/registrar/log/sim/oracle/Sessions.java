package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Request;
import io.registrar.log.paxos.Settlement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Holds the log's answers to its clients against what was chosen: I14 (nothing acknowledged is
 * lost), I15 (fencing), I16 (versions), I17 (no half batches).
 */
public final class Sessions {
  private record Asked(Content.OfApplication content, long chosenThen, long epochThen) {}

  private final Map<Request, Asked> asked = new HashMap<>();
  private final Set<Content> refused = new HashSet<>();
  private long epochKnown;

  /**
   * Some application has been told everything through this position. Until somebody is, an epoch
   * that is chosen has not begun for anybody.
   */
  void told(Ensemble e, long position) {
    epochKnown = Math.max(epochKnown, e.history().after(position).epoch());
  }

  /** A client asks: what was chosen by then is what a read must hold. */
  public void asked(Ensemble e, Request request) {
    asked.put(request, new Asked(null, e.history().through(), epochKnown));
  }

  public void proposed(Ensemble e, Request request, Content.OfApplication content) {
    asked.put(request, new Asked(content, e.history().through(), epochKnown));
  }

  public void acquired(Ensemble e, Request request, long epoch, long position) {
    e.requireChosenThrough(position, "the client of epoch " + epoch);
    if (e.history().positionOfEpoch(epoch) != position) {
      throw new Violation(
          "I15", "epoch " + epoch + " is said to begin at #" + position + " and does not");
    }
    if (asked.containsKey(request) && epoch <= asked.get(request).epochThen()) {
      throw new Violation(
          "I15", "epoch " + epoch + " is not above " + asked.get(request).epochThen());
    }
  }

  public void confirmed(Request request, long epoch) {
    Asked then = asked.get(request);
    if (then != null && then.epochThen() > epoch) {
      throw new Violation(
          "I15",
          "epoch "
              + epoch
              + " is confirmed; "
              + then.epochThen()
              + " was known before that was asked");
    }
  }

  /** I14 (H5): a read holds everything chosen before it was asked for. */
  public void readable(Ensemble e, Request request, long position) {
    e.requireChosenThrough(position, "a reader");
    Asked then = asked.get(request);
    if (then != null && then.chosenThen() > position) {
      throw new Violation(
          "I14",
          "a read ends at #"
              + position
              + "; chosen before it was asked for was #"
              + then.chosenThen());
    }
  }

  public void settled(Ensemble e, Request request, Settlement settlement) {
    Asked then = asked.get(request);
    if (then == null || then.content() == null) {
      return;
    }
    Content.OfApplication content = then.content();
    if (settlement instanceof Settlement.Taken taken) {
      requireTaken(e, content, taken.position().value());
    } else if (settlement instanceof Settlement.Refused
        && content instanceof Content.Append append) {
      refused.add(append);
      requireNotTaken(e, append);
    }
  }

  private static void requireTaken(Ensemble e, Content.OfApplication content, long position) {
    e.requireChosenThrough(position, "a client");
    boolean here =
        e.votes().chosen(position).filter(entry -> entry.content().equals(content)).isPresent();
    if (!here || !e.history().after(position).taken()) {
      throw new Violation(
          "I14", content + " is acknowledged at #" + position + " and did not take effect there");
    }
  }

  private static void requireNotTaken(Ensemble e, Content.Append append) {
    if (e.history().takenAt(append) >= 0) {
      throw new Violation(
          "I14", append + " is refused and took effect at #" + e.history().takenAt(append));
    }
  }

  /**
   * Called when positions have become chosen: what was refused for good never takes effect later.
   */
  void read(long from, Ensemble e) {
    for (long position = from; position <= e.history().through(); position++) {
      Content content = e.votes().chosen(position).orElseThrow().content();
      if (e.history().after(position).taken() && refused.contains(content)) {
        throw new Violation("I14", content + " was refused and takes effect at #" + position);
      }
    }
  }
}
