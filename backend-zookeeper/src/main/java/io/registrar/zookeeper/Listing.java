package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import io.registrar.spi.StorageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;

/**
 * Which nodes there are: the records', and the slots of the journal that have been used.
 *
 * @param records the names of all records' nodes
 * @param slots the numbers of the journal's nodes
 * @param behind the newest position that any part of the listing was read with
 */
record Listing(List<NodeName> records, Set<Integer> slots, Position behind) {
  /** How long the answer to one request should be at most, unless one node's list is longer. */
  private static final int ANSWER_BYTES = 4 << 20;

  /** What the wire adds to each name. */
  private static final int NAME_BYTES = 4;

  /** Lists all; it is of exactly the given position if its own is the same. */
  static Listing of(Ensemble ensemble, Layout layout, Position noOlderThan, Deadline deadline)
      throws StorageException, NoAnswerException {
    Reading reading = new Reading(ensemble, layout, noOlderThan, deadline);
    List<String> buckets = layout.buckets();
    // A hash spreads the names over the buckets: one tells how long the others' lists may be.
    int bytes = reading.list(List.of(layout.journal(), buckets.get(0)), 2);
    int atOnce = Math.max(1, ANSWER_BYTES / Math.max(1, 2 * bytes));
    reading.list(buckets.subList(1, buckets.size()), Math.min(atOnce, buckets.size()));
    return new Listing(reading.records, reading.slots, reading.newest);
  }

  private static final class Reading {
    private final List<NodeName> records = new ArrayList<>();
    private final Set<Integer> slots = new HashSet<>();
    private final Ensemble ensemble;
    private final Layout layout;
    private final Deadline deadline;
    private Position newest;

    Reading(Ensemble ensemble, Layout layout, Position noOlderThan, Deadline deadline) {
      this.ensemble = ensemble;
      this.layout = layout;
      this.newest = noOlderThan;
      this.deadline = deadline;
    }

    /** Lists some nodes, so many with one request; how many bytes the last one's list took. */
    int list(List<String> parents, int atOnce) throws StorageException, NoAnswerException {
      ReadPipeline pipeline =
          new ReadPipeline(ensemble, layout, newest, requests(parents, atOnce).iterator());
      Iterator<String> answered = parents.iterator();
      int bytes = 0;
      while (pipeline.hasNext()) {
        ReadPipeline.Read read = pipeline.next(deadline);
        // Another server may have answered, which lags behind the one before.
        newest = newest.orLater(read.behind());
        for (int i = 0; i < read.answer().results().size() - HeadNodes.READS; i++) {
          bytes = add(answered.next(), read.answer(), i);
        }
      }
      return bytes;
    }

    private int add(String parent, Answer answer, int index) throws StorageException {
      int bytes = 0;
      for (String child : children(ensemble, parent, answer, index)) {
        bytes += child.length() + NAME_BYTES;
        if (parent.equals(layout.journal())) {
          slots.add(slot(parent, child));
        } else {
          records.add(record(layout, parent, child));
        }
      }
      return bytes;
    }
  }

  private static List<String> children(Ensemble ensemble, String parent, Answer answer, int index)
      throws StorageException {
    Optional<Code> error = answer.error(index);
    if (error.isPresent()) {
      throw new Failures(ensemble).refused("listing the records", parent, error.get());
    }
    return ((OpResult.GetChildrenResult) answer.results().get(index)).getChildren();
  }

  private static List<List<Op>> requests(List<String> parents, int atOnce) {
    List<List<Op>> requests = new ArrayList<>();
    for (int from = 0; from < parents.size(); from += Math.min(atOnce, parents.size() - from)) {
      List<Op> request = new ArrayList<>();
      parents
          .subList(from, from + Math.min(atOnce, parents.size() - from))
          .forEach(parent -> request.add(Op.getChildren(parent)));
      requests.add(request);
    }
    return requests;
  }

  private static NodeName record(Layout layout, String bucket, String child)
      throws DamagedException {
    return NodeName.parse(child)
        .filter(name -> layout.record(name).equals(bucket + "/" + child))
        .orElseThrow(() -> foreign(bucket, child));
  }

  private static int slot(String journal, String child) throws DamagedException {
    for (int digits = 0; digits < child.length(); digits++) {
      if (child.length() > 4 || child.charAt(digits) < '0' || child.charAt(digits) > '9') {
        throw foreign(journal, child);
      }
    }
    return Integer.parseInt(child);
  }

  private static DamagedException foreign(String parent, String child) {
    return new DamagedException(
        "the ZooKeeper node "
            + parent
            + "/"
            + child
            + " is none that a registrar makes: take it"
            + " away, or choose another path");
  }
}
