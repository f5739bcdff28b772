package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.LogBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the chosen log means, position by position, as the oracle reads it: which epoch and version
 * are in force, which entries take effect, and a hash chain over everything so far.
 */
public final class History {
  /**
   * How things stand just after a position.
   *
   * @param taken whether the entry there took effect
   * @param hash over every entry up to here
   */
  public record State(long epoch, long version, long begin, boolean taken, long hash) {}

  private record OpenSnapshot(long begin, int chunks) {}

  private static final OpenSnapshot NONE_OPEN = new OpenSnapshot(-1, 0);

  private final List<State> states = new ArrayList<>();
  private final Map<Content.Append, Long> taken = new HashMap<>();
  private final Map<Long, Long> positionOfEpoch = new HashMap<>();
  private OpenSnapshot open = NONE_OPEN;

  History() {
    states.add(new State(0, 0, 1, true, 7));
  }

  /** The last position that has been read. */
  public long through() {
    return states.size() - 1L;
  }

  public State after(long position) {
    return states.get((int) position);
  }

  public State latest() {
    return states.get(states.size() - 1);
  }

  /** Where a batch took effect; -1 if it has not. */
  long takenAt(Content.Append append) {
    return taken.getOrDefault(append, -1L);
  }

  long positionOfEpoch(long epoch) {
    return positionOfEpoch.getOrDefault(epoch, -1L);
  }

  void read(long position, Entry entry) {
    State before = latest();
    long epoch = before.epoch();
    long version = before.version();
    long begin = before.begin();
    boolean effect = true;
    if (entry.content() instanceof Content.BeginEpoch it) {
      effect = it.number() > epoch;
      if (effect) {
        epoch = it.number();
        positionOfEpoch.put(epoch, position);
        open = NONE_OPEN;
      }
    } else if (entry.content() instanceof Content.Append it) {
      effect = isCurrent(it, epoch) && it.follows() == version && it.version() > version;
      if (effect) {
        version = it.version();
        taken.put(it, position);
      }
    } else if (entry.content() instanceof Content.Chunk it) {
      effect = isCurrent(it, epoch) && isNext(it, begin);
      if (effect) {
        open = new OpenSnapshot(it.begin().value(), it.index() + 1);
      }
    } else if (entry.content() instanceof Content.Cut it) {
      effect =
          isCurrent(it, epoch)
              && it.base().begin().value() <= position
              && closes(it.base(), it.chunks());
      if (effect) {
        begin = open.begin();
        open = NONE_OPEN;
      }
    } else if (entry.content() instanceof Content.ChangeMembership it) {
      effect = it.membership().since().value() == position;
    }
    long hash = before.hash() * 0x9E3779B97F4A7C15L + entry.hashCode();
    states.add(new State(epoch, version, begin, effect, hash ^ (hash >>> 29)));
  }

  /** Nobody writes before the first epoch, and then only its session. */
  private static boolean isCurrent(Content.OfApplication content, long epoch) {
    return epoch > 0 && content.epoch() == epoch;
  }

  private boolean isNext(Content.Chunk chunk, long begin) {
    boolean first = chunk.index() == 0;
    boolean continues = chunk.begin().value() == open.begin() && chunk.index() == open.chunks();
    return chunk.begin().value() > begin && (first || continues);
  }

  private boolean closes(LogBase base, int chunks) {
    return open.begin() == base.begin().value() && open.chunks() == chunks;
  }

  /** Whether a base says what stood just before its begin. */
  boolean agrees(LogBase base, Votes votes) {
    long before = base.begin().value() - 1;
    return before <= through()
        && base.epoch() == after(before).epoch()
        && base.version() == after(before).version()
        && Voter.of(base.membership()).equals(votes.governing(base.begin().value()));
  }
}
