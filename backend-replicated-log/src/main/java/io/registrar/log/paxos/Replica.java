package io.registrar.log.paxos;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One replica of the log as a plain function: {@link #restore} from what its disk has kept, then
 * {@link #step} with one {@link Input} after the other. It has no thread, clock, I/O or randomness
 * of its own: the same inputs and the same entropy give the same outputs.
 *
 * <p>Life of a replica:
 *
 * <pre>
 *   Replica replica = Replica.restore(config, records, Damage.none(), entropy);
 *   Output first = replica.step(new Input.Start());    // writes its start: nothing leaves before
 *   ... append first.persist(), sync ...
 *   replica.step(new Input.Persisted(first.sequence()));   // now messages come out
 * </pre>
 *
 * <p>A delivery of {@link Delivery.StartAnew} asks the shell to set the store aside (nothing is
 * deleted) and to restore from no records, as {@link Damage#lost}. After it, and after {@link
 * Delivery.Stopped}, every input is ignored.
 *
 * <p>Not thread-safe: one thread at a time. No input makes it throw, but for a caller that breaks
 * the order of {@link Input.Start} and {@link Input.Persisted}.
 */
public final class Replica {
  private static final int SELF_MESSAGES = 1000;

  private final Node node;
  private final Roles roles;
  private final Inbox inbox;
  private final Beginning beginning;
  private final Held<Vitals> vitals;
  private boolean started;
  private boolean ended;

  private Replica(Node node, Roles roles, Beginning beginning) {
    this.node = node;
    this.roles = roles;
    this.inbox = new Inbox(roles);
    this.beginning = beginning;
    this.vitals = new Held<>(node.journal);
  }

  /**
   * Restores a replica.
   *
   * @param config its place, its members, its limits
   * @param survived every record in the store, in the order written; empty for a new store and for
   *     one that was set aside. Read twice, and not after this call.
   * @param damage what the store knows about itself
   * @param entropy asked now and in later steps
   * @throws IllegalArgumentException if the store belongs to another member
   */
  public static Replica restore(
      ReplicaConfig config, Iterable<DurableRecord> survived, Damage damage, RandomSource entropy) {
    Beginning beginning = Beginning.of(config, survived, damage, entropy);
    Roles roles = new Roles(beginning.node());
    beginning.restore(roles);
    return new Replica(beginning.node(), roles, beginning);
  }

  /**
   * Takes one input, and says what to do.
   *
   * @throws IllegalStateException if the first input is not {@link Input.Start}, if a later one is,
   *     or if something is reported as synced that was never handed over
   */
  public Output step(Input input) {
    if (started == input instanceof Input.Start) {
      throw new IllegalStateException("the first input is Start, and no other is: " + input);
    }
    if (input instanceof Input.Start) {
      started = true;
      beginning.start(roles);
    } else if (input instanceof Input.Persisted synced) {
      node.journal.persisted(synced.sequence());
    } else if (node.phase() != Phase.STOPPED) {
      inbox.take(input);
    } else {
      refuse(input);
    }
    goOn();
    return drain();
  }

  /** Until nothing moves: the replica's messages to itself are heard in the same step. */
  private void goOn() {
    showSynced();
    int heard = 0;
    List<Message> toSelf = List.of();
    do {
      for (Message message : toSelf) {
        if (node.phase() != Phase.STOPPED) {
          Envelope envelope = node.wrap(message);
          roles.heard(envelope);
          message.dispatch(roles, envelope);
        }
      }
      if (node.phase() != Phase.STOPPED) {
        roles.progress();
      }
      node.mail.release();
      toSelf = node.mail.takeToSelf();
      heard += toSelf.size();
    } while (!toSelf.isEmpty() && heard < SELF_MESSAGES);
    if (node.phase() == Phase.STOPPED && !ended) {
      ended = true;
      roles.end();
    }
  }

  private void showSynced() {
    vitals.release().forEach(node::synced);
  }

  private Output drain() {
    if (!node.journal.isBatchEmpty()) {
      List<Sighting> seen = node.sightings.takeUnwritten();
      if (!seen.isEmpty()) {
        node.journal.write(new DurableRecord.Seen(seen));
      }
      vitals.add(roles.vitals());
    }
    List<DurableRecord> batch = node.journal.take();
    return new Output(
        node.journal.sequence(),
        batch,
        node.mail.takeOutbound(node),
        roles.feeder.takeLoads(),
        node.deliveries.release());
  }

  /** Whoever still asks is told. */
  private void refuse(Input input) {
    inbox.takeRequest(input);
    roles.end();
  }

  /** Where it is in its life. */
  public Phase phase() {
    return node.phase();
  }

  /** Its place and incarnation. */
  public Member member() {
    return node.self;
  }

  /** The ensemble that it belongs to, once it knows. */
  public Optional<EnsembleId> ensemble() {
    return node.ensemble();
  }

  /** The last position that it knows to be chosen, with every one before. */
  public Position chosen() {
    return node.log.chosen();
  }

  /** What its log stands on, once it has one. */
  public Optional<Footing> footing() {
    return node.log.exists() ? Optional.of(node.log.footing()) : Optional.empty();
  }

  /**
   * What would stand for everything through {@link #chosen()}: a snapshot of the application's
   * state at this moment goes with this base, in {@link Content.Chunk}s with its begin and a {@link
   * Content.Cut} that carries it. Empty without a log.
   */
  public Optional<LogBase> base() {
    return node.log.exists() ? Optional.of(node.log.base()) : Optional.empty();
  }

  /** Whether it coordinates: entries proposed here go straight to the acceptors. */
  public boolean coordinates() {
    return roles.coordinator.leading().isPresent();
  }

  /** What has been seen of the members, and of this replica itself: how far each has come. */
  public List<Sighting> sightings() {
    return node.sightings.all();
  }

  /** Who learns and does not vote, as far as this replica has heard of late, and how far. */
  public SortedMap<Member, Position> learners() {
    return roles.admissions.learners();
  }

  /**
   * Records that stand for everything but the entries from the log's begin on: a store writes them
   * at the head of each new file, so that older ones can be deleted. They hold what has been handed
   * over so far, synced or not.
   */
  public List<DurableRecord> checkpoint() {
    return roles.checkpoint();
  }
}
