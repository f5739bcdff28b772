package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import io.registrar.spi.StorageException;
import java.util.Optional;
import org.apache.zookeeper.data.Stat;

/**
 * Finds out what became of a commit whose answer was lost (rule 5.2).
 *
 * <p>It writes the old head once more, on the same condition that the commit has. If that succeeds,
 * the commit can never take effect, however late it arrives. If it does not, somebody has moved the
 * head: the commit itself, this settlement in an attempt whose answer was lost too, or a takeover.
 */
final class Settlement {
  /** What became of it. */
  sealed interface Verdict {
    /** It took effect, and this is the position now. */
    record TookEffect(Position now) implements Verdict {}

    /** It did not and never will, and this is the position now. */
    record NoEffect(Position now) implements Verdict {}

    /** It did not and never will, for another has taken over. */
    record Fenced(Fence by) implements Verdict {}
  }

  private final Ensemble ensemble;
  private final Layout layout;
  private final HeadNodes nodes;

  Settlement(Ensemble ensemble, Layout layout, HeadNodes nodes) {
    this.ensemble = ensemble;
    this.layout = layout;
    this.nodes = nodes;
  }

  /**
   * @param from the position that the commit expects
   * @param next the head that it makes
   * @throws NoAnswerException if it could not be found out in time
   */
  Verdict of(Position from, Head next, Deadline deadline)
      throws StorageException, NoAnswerException {
    while (true) {
      try {
        Optional<Stat> barrier = nodes.write(from.replaceHead(layout, from.head()), deadline);
        if (barrier.isPresent()) {
          Stat stat = barrier.get();
          return new Verdict.NoEffect(
              from.withHead(from.head(), stat.getVersion(), stat.getMzxid()));
        }
        return moved(from, next, nodes.latest(deadline), deadline);
      } catch (NoAnswerException e) {
        ensemble.backOff(deadline, e);
      }
    }
  }

  private Verdict moved(Position from, Head next, Position now, Deadline deadline)
      throws StorageException, NoAnswerException {
    if (now.epoch() > from.epoch()) {
      return overtaken(next, now, deadline);
    }
    if (now.fence().equals(from.fence()) && now.head().equals(next)) {
      return new Verdict.TookEffect(now);
    }
    if (now.fence().equals(from.fence()) && now.head().equals(from.head())) {
      return new Verdict.NoEffect(now);
    }
    throw foreign(layout, from, now);
  }

  /** The commit may have taken effect before the takeover: the version's author tells. */
  private Verdict overtaken(Head next, Position now, Deadline deadline)
      throws StorageException, NoAnswerException {
    if (now.version() < next.version()) {
      return new Verdict.Fenced(now.fence());
    }
    long author = now.head().epoch();
    if (now.version() > next.version()) {
      author = new Journal(ensemble, layout).author(next.version(), now, deadline);
    }
    return author == next.epoch() ? new Verdict.TookEffect(now) : new Verdict.Fenced(now.fence());
  }

  /** A position that neither the session nor a takeover can have written. */
  static DamagedException foreign(Layout layout, Position expected, Position found) {
    return new DamagedException(
        "the ZooKeeper nodes "
            + layout.fence()
            + " and "
            + layout.head()
            + " are at epoch "
            + found.epoch()
            + " and version "
            + found.version()
            + ", where this session left epoch "
            + expected.epoch()
            + " and version "
            + expected.version()
            + ": something else than a registrar wrote them, or the ensemble was set back");
  }
}
