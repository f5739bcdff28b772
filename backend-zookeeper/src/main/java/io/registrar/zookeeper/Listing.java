package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import io.registrar.spi.StorageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
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
  /** How many buckets one request lists: their sizes are not known before. */
  private static final int BUCKETS_A_REQUEST = 8;

  /** Lists all; it is of exactly the given position if its own is the same. */
  static Listing of(Ensemble ensemble, Layout layout, Position noOlderThan, Deadline deadline)
      throws StorageException, NoAnswerException {
    List<String> parents = new ArrayList<>(layout.buckets());
    parents.add(layout.journal());
    ReadPipeline pipeline =
        new ReadPipeline(ensemble, layout, noOlderThan, requests(parents).iterator());
    Failures failures = new Failures(ensemble);
    List<NodeName> records = new ArrayList<>();
    Set<Integer> slots = new HashSet<>();
    Position newest = noOlderThan;
    Iterator<String> answered = parents.iterator();
    while (pipeline.hasNext()) {
      ReadPipeline.Read read = pipeline.next(deadline);
      newest = read.behind();
      for (int i = 0; i < read.answer().results().size() - HeadNodes.READS; i++) {
        String parent = answered.next();
        Code error = read.answer().error(i).orElse(Code.OK);
        if (error != Code.OK) {
          throw failures.refused("listing the records", parent, error);
        }
        List<String> children =
            ((OpResult.GetChildrenResult) read.answer().results().get(i)).getChildren();
        for (String child : children) {
          if (parent.equals(layout.journal())) {
            slots.add(slot(parent, child));
          } else {
            records.add(record(layout, parent, child));
          }
        }
      }
    }
    return new Listing(records, slots, newest);
  }

  private static List<List<Op>> requests(List<String> parents) {
    List<List<Op>> requests = new ArrayList<>();
    for (int from = 0; from < parents.size(); from += BUCKETS_A_REQUEST) {
      List<Op> request = new ArrayList<>();
      parents
          .subList(from, Math.min(parents.size(), from + BUCKETS_A_REQUEST))
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
