package io.registrar.zookeeper;

import io.registrar.spi.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;

/** Reads the journal: which nodes the latest commits touched. */
final class Journal {
  /** So many entries, each as long as can be, are a fair answer. */
  private static final int SLOTS_A_REQUEST = 32;

  private final Ensemble ensemble;
  private final Layout layout;

  Journal(Ensemble ensemble, Layout layout) {
    this.ensemble = ensemble;
    this.layout = layout;
  }

  /**
   * The nodes touched by the commits after one version, up to that of a position.
   *
   * @return empty if the journal does not reach back so far, or a commit was too large for it
   */
  Optional<Set<NodeName>> touched(long after, Position until, Deadline deadline)
      throws StorageException, NoAnswerException {
    long last = until.version();
    if (last - after > JournalEntry.SLOTS) {
      return Optional.empty();
    }
    Map<Long, JournalEntry> entries = entries(after, until, deadline);
    Set<NodeName> touched = new LinkedHashSet<>();
    for (long version = last; version > after; ) {
      JournalEntry entry = entries.get(version);
      if (entry == null || entry.names().isEmpty()) {
        return Optional.empty();
      }
      touched.addAll(entry.names().get());
      version = entry.previous();
    }
    return Optional.of(touched);
  }

  /**
   * The epoch of the session that committed a version.
   *
   * @throws NoAnswerException if the journal does not reach back to it
   */
  long author(long version, Position until, Deadline deadline)
      throws StorageException, NoAnswerException {
    String slot = layout.journalSlot(JournalEntry.slot(version));
    ReadPipeline pipeline =
        new ReadPipeline(ensemble, layout, until, List.of(List.of(Op.getData(slot))).iterator());
    Optional<OpResult.GetDataResult> data = pipeline.next(deadline).answer().data(0);
    if (data.isPresent()) {
      JournalEntry entry = JournalEntry.decode(slot, data.get().getData());
      if (entry.version() == version) {
        return entry.epoch();
      }
    }
    throw new NoAnswerException(
        "epoch " + until.epoch() + " took over, and has committed too much since to tell", null);
  }

  private Map<Long, JournalEntry> entries(long after, Position until, Deadline deadline)
      throws StorageException, NoAnswerException {
    List<List<Op>> requests = new ArrayList<>();
    for (long version = after + 1; version <= until.version(); version++) {
      if ((version - after - 1) % SLOTS_A_REQUEST == 0) {
        requests.add(new ArrayList<>());
      }
      requests
          .get(requests.size() - 1)
          .add(Op.getData(layout.journalSlot(JournalEntry.slot(version))));
    }
    ReadPipeline pipeline = new ReadPipeline(ensemble, layout, until, requests.iterator());
    Map<Long, JournalEntry> entries = new HashMap<>();
    while (pipeline.hasNext()) {
      Answer answer = pipeline.next(deadline).answer();
      for (int i = 0; i < answer.results().size() - HeadNodes.READS; i++) {
        Optional<OpResult.GetDataResult> data = answer.data(i);
        if (data.isPresent()) {
          JournalEntry entry = JournalEntry.decode(layout.journal(), data.get().getData());
          entries.put(entry.version(), entry);
        }
      }
    }
    return entries;
  }
}
