package io.registrar.zookeeper;

import io.registrar.spi.Batch;
import io.registrar.spi.DamagedException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.ACL;

/**
 * Which nodes exist, as a session has to know: to ZooKeeper, creating a node, changing it and
 * deleting it are different operations, and one that does not fit fails the whole request.
 *
 * <p>Driven by one thread.
 */
final class KnownNodes {
  private final Layout layout;
  private final List<ACL> access;
  private final Map<String, SizeClass> records = new HashMap<>();
  private final Set<Integer> slots = new HashSet<>();

  KnownNodes(Layout layout, Access access, Listing listing) throws DamagedException {
    this.layout = layout;
    this.access = access.list();
    for (NodeName name : listing.records()) {
      SizeClass other = records.put(name.base(), name.capacity());
      if (other != null) {
        throw new DamagedException(
            "two ZooKeeper nodes hold one record: "
                + layout.record(name)
                + " and "
                + layout.record(new NodeName(name.base(), other)));
      }
    }
    slots.addAll(listing.slots());
  }

  /** The request that commits a batch: the head's move first, then the journal, then records. */
  PlannedCommit plan(Batch batch, Position from, long version) {
    Head next = new Head(version, from.epoch(), batch.header());
    List<Op> moves = from.replaceHead(layout, next);
    List<Op> changes = new ArrayList<>();
    List<NodeName> touched = new ArrayList<>();
    Map<String, SizeClass> written = new HashMap<>();
    Set<String> deleted = new HashSet<>();
    for (StoredRecord put : batch.puts()) {
      NodeName name = put(put, changes, touched);
      written.put(name.base(), name.capacity());
    }
    for (RecordKey key : batch.deletes()) {
      String base = NodeName.baseOf(key);
      SizeClass capacity = records.get(base);
      if (capacity != null) {
        delete(new NodeName(base, capacity), changes, touched);
        deleted.add(base);
      }
    }
    int slot = JournalEntry.slot(version);
    List<Op> request = new ArrayList<>(moves);
    request.add(
        write(
            layout.journalSlot(slot),
            JournalEntry.of(version, from.version(), next.epoch(), touched).encode(),
            slots.contains(slot)));
    request.addAll(changes);
    Runnable effect =
        () -> {
          slots.add(slot);
          records.putAll(written);
          records.keySet().removeAll(deleted);
        };
    return new PlannedCommit(request, moves.size() - 1, next, effect);
  }

  private NodeName put(StoredRecord put, List<Op> changes, List<NodeName> touched) {
    byte[] data = RecordNode.encode(put);
    String base = NodeName.baseOf(put.key());
    SizeClass present = records.get(base);
    boolean stays = present != null && present.holds(data.length);
    if (present != null && !stays) {
      delete(new NodeName(base, present), changes, touched);
    }
    NodeName name =
        new NodeName(base, stays && present != null ? present : SizeClass.holding(data.length));
    changes.add(write(layout.record(name), data, stays));
    touched.add(name);
    return name;
  }

  private void delete(NodeName name, List<Op> changes, List<NodeName> touched) {
    changes.add(Op.delete(layout.record(name), -1));
    touched.add(name);
  }

  private Op write(String path, byte[] data, boolean exists) {
    return exists
        ? Op.setData(path, data, -1)
        : Op.create(path, data, access, CreateMode.PERSISTENT);
  }
}
