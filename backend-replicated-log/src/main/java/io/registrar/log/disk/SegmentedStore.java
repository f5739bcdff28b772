package io.registrar.log.disk;

import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records in a directory of segment files, written ahead with zeros, each record with its check sum
 * and sequence. {@code docs/replicated-log-disk.md} gives the form of the files, and the argument
 * why a torn end is told from damage.
 *
 * <p>A store that is damaged hands back nothing and takes nothing until {@link #setAside}: which
 * records are lost cannot be known from those that are left.
 */
public final class SegmentedStore implements RecordStore {
  private final Home home;
  private final MemberId member;
  private final SegmentSizes sizes;
  private final Latch latch;
  private volatile Segments segments;
  private Iterable<DurableRecord> survived = List.of();
  private List<DamagedPlace> damagedPlaces = List.of();
  private Optional<EnsembleId> ensemble = Optional.empty();
  private Damage damage = Damage.none();
  private boolean closed;

  private SegmentedStore(Home home, MemberId member, SegmentSizes sizes) {
    this.home = home;
    this.member = member;
    this.sizes = sizes;
    this.latch = new Latch(home.path());
    this.segments = Segments.none(home.current(), member, sizes);
  }

  /**
   * Opens the store of a member, or begins one.
   *
   * @param path a directory for this store alone; it is made if need be
   * @throws StoreInUseException if it is open already
   * @throws IncompatibleStoreException if it is not this member's, or not of this format
   * @throws IOException if the file system fails
   */
  public static SegmentedStore open(Path path, MemberId member, SegmentSizes sizes)
      throws IOException {
    return open(LockedHome.open(path), member, sizes);
  }

  static SegmentedStore open(Home home, MemberId member, SegmentSizes sizes) throws IOException {
    SegmentedStore store = new SegmentedStore(home, member, sizes);
    try {
      store.recover();
      return store;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void recover() throws IOException {
    Directory directory = home.current();
    Recovery.Found found = Recovery.from(directory, member);
    Recovery recovery = found.recovery();
    Optional<Directory> earlier = home.lastSetAside();
    ensemble = recovery.ensemble;
    damagedPlaces = List.copyOf(recovery.damaged);
    if (ensemble.isEmpty() && earlier.isPresent()) {
      ensemble = Recovery.from(earlier.get(), member).recovery().ensemble;
    }
    if (!damagedPlaces.isEmpty()) {
      latch.refuse("is damaged, and has not been set aside: " + damagedPlaces.get(0));
      damage = Damage.lost(ensemble);
      return;
    }
    if (recovery.isEmpty && earlier.isPresent()) {
      damage = Damage.lost(ensemble);
    }
    if (!recovery.segments.isEmpty()) {
      segments = Segments.goOn(directory, found, member, sizes);
      survived = new Survivors(directory, recovery.segments.values(), found.tail().nextSequence());
    }
  }

  @Override
  public Iterable<DurableRecord> survived() {
    return survived;
  }

  @Override
  public Damage damage() {
    return damage;
  }

  @Override
  public List<DamagedPlace> damagedPlaces() {
    return damagedPlaces;
  }

  @Override
  public void append(List<DurableRecord> records, Supplier<List<DurableRecord>> checkpoint)
      throws IOException {
    latch.write(() -> segments.append(records, checkpoint));
    for (DurableRecord durable : records) {
      ensemble = Recovery.ensembleOf(durable).or(() -> ensemble);
    }
  }

  @Override
  public void sync() throws IOException {
    latch.write(segments::sync);
  }

  @Override
  public List<Entry> read(Position from, Position through, int most) throws IOException {
    return segments.read(from, through, most);
  }

  @Override
  public void truncate(Footing footing) throws IOException {
    latch.write(() -> segments.truncate(footing.base().begin()));
  }

  @Override
  public void setAside() throws IOException {
    if (closed) {
      throw new IOException("the log in " + home.path() + " is closed");
    }
    segments.close();
    home.setAside();
    damage = Damage.lost(ensemble);
    survived = List.of();
    segments = Segments.none(home.current(), member, sizes);
    latch.reset();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    latch.refuse("is closed");
    try {
      segments.close();
    } finally {
      home.close();
    }
  }
}
