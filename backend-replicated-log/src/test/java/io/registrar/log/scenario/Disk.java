package io.registrar.log.scenario;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.MalformedException;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A disk of encoded records: what is synced survives a crash, what is only written does not. */
final class Disk {
  private final List<Bytes> synced = new ArrayList<>();
  private final List<Bytes> written = new ArrayList<>();

  void write(List<DurableRecord> records) {
    records.forEach(durable -> written.add(RecordCodec.encode(durable)));
  }

  void sync() {
    synced.addAll(written);
    written.clear();
  }

  void crash() {
    written.clear();
  }

  Disk copy() {
    Disk copy = new Disk();
    copy.synced.addAll(synced);
    return copy;
  }

  List<DurableRecord> records() {
    List<DurableRecord> records = new ArrayList<>();
    synced.forEach(bytes -> records.add(decode(bytes)));
    written.forEach(bytes -> records.add(decode(bytes)));
    return records;
  }

  /** The entry last written at each position from one through another, as a store would read it. */
  List<Entry> entries(Position from, Position through) {
    SortedMap<Position, Entry> found = new TreeMap<>();
    for (DurableRecord durable : records()) {
      if (durable instanceof DurableRecord.Accepted it) {
        found.put(it.position(), it.vote().entry());
      } else if (durable instanceof DurableRecord.Learned it) {
        found.put(it.position(), it.entry());
      } else if (durable instanceof DurableRecord.Staged it) {
        found.put(it.position(), it.entry());
      }
    }
    return List.copyOf(found.subMap(from, through.next()).values());
  }

  private static DurableRecord decode(Bytes bytes) {
    try {
      return RecordCodec.decode(bytes);
    } catch (MalformedException broken) {
      throw new IllegalStateException("a record that was written cannot be read", broken);
    }
  }
}
