package io.registrar.record;

import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * A set of records that never changes: a change gives a new set, which shares all but a few nodes
 * with the old one, at a cost that grows with the logarithm of its size. Thread-safe.
 *
 * <p>Invariants: 1. at most one record a key; 2. {@link #digest()} is the sum of the records'
 * digests; 3. {@link #size()} and {@link #sizeBytes()} count exactly the records that are there; 4.
 * no kind without a record.
 */
public final class Records {
  /** No records. */
  public static final Records EMPTY =
      new Records(TreePMap.empty(), 0, 0, Digest.EMPTY, Digest.EMPTY, null);

  private static final Comparator<String> BY_ID = RecordKey::compareIds;

  private final TreePMap<String, TreePMap<String, Entry>> kinds;
  private final int size;
  private final long sizeBytes;
  private final Digest digest;
  private final Digest locator;

  // What is looked up first after a change, as a rule: found without a search.
  private final @Nullable Entry newest;

  private Records(
      TreePMap<String, TreePMap<String, Entry>> kinds,
      int size,
      long sizeBytes,
      Digest digest,
      Digest locator,
      @Nullable Entry newest) {
    this.newest = newest;
    this.kinds = kinds;
    this.size = size;
    this.sizeBytes = sizeBytes;
    this.digest = digest;
    this.locator = locator;
  }

  /**
   * The set of these records, decoded as far as their kinds are among the types.
   *
   * @param stored what was read from a storage; the arrays are kept
   * @param types the types that this program knows
   * @throws IllegalArgumentException if a key comes twice, or a record cannot be decoded; the
   *     message names it
   */
  public static Records load(Iterable<StoredRecord> stored, Collection<RecordType<?>> types) {
    RecordsLoader loader = new RecordsLoader(types);
    stored.forEach(loader::add);
    return loader.finish();
  }

  /** The set of entries whose keys differ. */
  static Records of(Collection<Entry> entries) {
    Map<String, TreeMap<String, Entry>> loaded = new TreeMap<>();
    long sizeBytes = 0;
    Digest digest = Digest.EMPTY;
    Digest locator = Digest.EMPTY;
    for (Entry entry : entries) {
      RecordKey key = entry.key();
      TreeMap<String, Entry> ofKind =
          loaded.computeIfAbsent(key.kind(), kind -> new TreeMap<>(BY_ID));
      if (ofKind.put(key.id(), entry) != null) {
        throw new IllegalArgumentException("the record " + key + " came twice");
      }
      sizeBytes += entry.bytes().length;
      digest = digest.plus(entry.digest());
      locator = locator.plus(entry.located());
    }
    TreePMap<String, TreePMap<String, Entry>> kinds = TreePMap.empty();
    for (Map.Entry<String, TreeMap<String, Entry>> kind : loaded.entrySet()) {
      kinds = kinds.plus(kind.getKey(), TreePMap.fromSortedMap(kind.getValue()));
    }
    return new Records(kinds, entries.size(), sizeBytes, digest, locator, null);
  }

  static <V> V valueOf(Entry entry, RecordType<V> type) {
    try {
      return entry.value(type);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the record " + entry.key() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The value of a record.
   *
   * @throws IllegalArgumentException if the id is malformed, or the bytes are no such value
   */
  public <V> Optional<V> get(RecordType<V> type, String id) {
    return Optional.ofNullable(find(type.key(id))).map(entry -> valueOf(entry, type));
  }

  /** A copy of the stored bytes of a record. */
  public Optional<byte[]> bytes(RecordKey key) {
    return Optional.ofNullable(find(key)).map(entry -> entry.bytes().clone());
  }

  /** How long the stored value of a record is, in bytes; -1 if there is no such record. */
  public int valueBytes(RecordKey key) {
    Entry entry = find(key);
    return entry == null ? -1 : entry.bytes().length;
  }

  /** All values of a type, in the order of their ids' bytes, computed as they are asked for. */
  public <V> Stream<V> all(RecordType<V> type) {
    return ofKind(type.kind()).values().stream().map(entry -> valueOf(entry, type));
  }

  /** The values of a type whose ids come after this one, in the order of their ids' bytes. */
  public <V> Stream<V> after(RecordType<V> type, String id) {
    return ofKind(type.kind()).tailMap(id, false).values().stream()
        .map(entry -> valueOf(entry, type));
  }

  /** How many records of this kind there are. */
  public int count(String kind) {
    return ofKind(kind).size();
  }

  /** The kinds of which there are records, in their order. */
  public List<String> kinds() {
    return List.copyOf(kinds.keySet());
  }

  /** Every record as it is stored, by kind and id; each array is a copy. */
  public Stream<StoredRecord> stored() {
    return kinds.values().stream()
        .flatMap(ofKind -> ofKind.values().stream())
        .map(entry -> new StoredRecord(entry.key(), entry.bytes().clone()));
  }

  /** How many records there are, of all kinds. */
  public int size() {
    return size;
  }

  /** The sum of the lengths of all values, in bytes. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** The digest of all records. */
  public Digest digest() {
    return digest;
  }

  /**
   * The sum of the records' digests, each times a weight that its key decides: with the digest, it
   * tells which record a single difference comes from; see {@link #suspect}.
   */
  public Digest locator() {
    return locator;
  }

  /**
   * The record that alone explains why these records are not those that once had another digest and
   * locator: one whose value was changed, or that should not be there.
   *
   * @param expected the digest that they should have
   * @param expectedLocator the locator that they should have
   * @return its key, or empty if no single record that is there explains it
   */
  public Optional<RecordKey> suspect(Digest expected, Digest expectedLocator) {
    Digest difference = digest.minus(expected);
    Digest located = locator.minus(expectedLocator);
    return kinds.values().stream()
        .flatMap(ofKind -> ofKind.values().stream())
        .filter(entry -> difference.times(entry.weight()).equals(located))
        .map(Entry::key)
        .findFirst();
  }

  /**
   * These records with one put: encoded so that what this program does not know of the record that
   * it replaces is kept. The same object if there is an equal value.
   *
   * @throws IllegalArgumentException if the value cannot be encoded, or its id is malformed
   */
  public <V> Records with(RecordType<V> type, V value) {
    RecordKey key = type.keyOf(value);
    Entry before = find(key);
    if (before != null && valueOf(before, type).equals(value)) {
      return this;
    }
    return replace(key, before, Entry.of(key, type, value, before));
  }

  /** These records with one put as it is stored. */
  Records with(Entry entry) {
    return replace(entry.key(), find(entry.key()), entry);
  }

  /** These records without the one under this key. */
  public Records without(RecordKey key) {
    Entry before = find(key);
    return before == null ? this : replace(key, before, null);
  }

  private Records replace(RecordKey key, @Nullable Entry before, @Nullable Entry after) {
    TreePMap<String, Entry> ofKind = ofKind(key.kind());
    ofKind = after == null ? ofKind.minus(key.id()) : ofKind.plus(key.id(), after);
    int newSize = size;
    long newBytes = sizeBytes;
    Digest newDigest = digest;
    Digest newLocator = locator;
    if (before != null) {
      newSize--;
      newBytes -= before.bytes().length;
      newDigest = newDigest.minus(before.digest());
      newLocator = newLocator.minus(before.located());
    }
    if (after != null) {
      newSize++;
      newBytes += after.bytes().length;
      newDigest = newDigest.plus(after.digest());
      newLocator = newLocator.plus(after.located());
    }
    return new Records(
        ofKind.isEmpty() ? kinds.minus(key.kind()) : kinds.plus(key.kind(), ofKind),
        newSize,
        newBytes,
        newDigest,
        newLocator,
        after);
  }

  private @Nullable Entry find(RecordKey key) {
    if (newest != null && newest.key().equals(key)) {
      return newest;
    }
    TreePMap<String, Entry> ofKind = kinds.get(key.kind());
    return ofKind == null ? null : ofKind.get(key.id());
  }

  private TreePMap<String, Entry> ofKind(String kind) {
    TreePMap<String, Entry> ofKind = kinds.get(kind);
    return ofKind == null ? TreePMap.empty(BY_ID) : ofKind;
  }
}
