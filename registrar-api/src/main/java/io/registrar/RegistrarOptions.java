package io.registrar;

import io.registrar.record.Agent;
import io.registrar.record.AuditEntry;
import io.registrar.record.Framework;
import io.registrar.record.Machine;
import io.registrar.record.MasterInfo;
import io.registrar.record.Quota;
import io.registrar.record.RecordType;
import io.registrar.record.Reservation;
import io.registrar.record.ResourceProvider;
import io.registrar.record.Weight;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a registrar is to work; see {@link #leading} for the defaults. Immutable. */
public final class RegistrarOptions {
  /** The types of records that every registrar knows. */
  public static final List<RecordType<?>> BUILT_IN =
      List.of(
          MasterInfo.TYPE,
          AuditEntry.TYPE,
          Agent.TYPE,
          Framework.TYPE,
          Machine.TYPE,
          Quota.TYPE,
          Weight.TYPE,
          Reservation.TYPE,
          ResourceProvider.TYPE);

  private final Builder set;
  private final List<RecordType<?>> types;

  private RegistrarOptions(Builder set) {
    this.set = set.copy();
    this.types = List.copyOf(set.types.values());
  }

  /**
   * Options for a registrar of this master, with the defaults: 1 minute to fetch, 20 seconds to
   * store, 10,000 operations in the queue, the built-in record types, no witness, the system's
   * clock.
   */
  public static Builder leading(MasterInfo master) {
    return new Builder(master);
  }

  /** The master that this registrar leads for. */
  public MasterInfo master() {
    return set.master;
  }

  /** How long recovery may take to acquire the registry and read all of it without progress. */
  public Duration fetchTimeout() {
    return set.fetchTimeout;
  }

  /** How long one commit may take. */
  public Duration storeTimeout() {
    return set.storeTimeout;
  }

  /** The most operations that wait for a commit; more are refused as busy. */
  public int queueCapacity() {
    return set.queueCapacity;
  }

  /** How much history is kept. */
  public AuditLimits auditLimits() {
    return set.auditLimits;
  }

  /** The types of records that this program knows. */
  public List<RecordType<?>> types() {
    return types;
  }

  /** Where this machine remembers what it has seen, if anywhere. */
  public Optional<Witness> witness() {
    return Optional.ofNullable(set.witness);
  }

  /** Tells the time of decisions; durations never rest on it. */
  public Clock clock() {
    return set.clock;
  }

  /** Who is told what the registrar does. */
  public RegistrarObserver observer() {
    return set.observer;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private final MasterInfo master;
    private final Map<String, RecordType<?>> types = new LinkedHashMap<>();
    private Duration fetchTimeout = Duration.ofMinutes(1);
    private Duration storeTimeout = Duration.ofSeconds(20);
    private int queueCapacity = 10_000;
    private AuditLimits auditLimits = AuditLimits.DEFAULT;
    private Clock clock = Clock.systemUTC();
    private RegistrarObserver observer = RegistrarObserver.NONE;
    private @Nullable Witness witness;

    private Builder(MasterInfo master) {
      this.master = Objects.requireNonNull(master, "master");
      types(BUILT_IN);
    }

    /** How long recovery may take; more than zero. */
    public Builder fetchTimeout(Duration timeout) {
      fetchTimeout = positive(timeout, "fetch timeout");
      return this;
    }

    /** How long one commit may take; more than zero. */
    public Builder storeTimeout(Duration timeout) {
      storeTimeout = positive(timeout, "store timeout");
      return this;
    }

    /** The most operations that wait for a commit; 1 or more. */
    public Builder queueCapacity(int operations) {
      if (operations < 1) {
        throw new IllegalArgumentException("a queue holds 1 operation or more; got " + operations);
      }
      queueCapacity = operations;
      return this;
    }

    /**
     * Types of records beside the built-in ones.
     *
     * @throws IllegalArgumentException if there is another type of one of these kinds
     */
    public Builder types(Collection<? extends RecordType<?>> more) {
      for (RecordType<?> type : more) {
        RecordType<?> other = types.putIfAbsent(type.kind(), type);
        if (other != null && other != type) {
          throw new IllegalArgumentException("two types of records are of kind '" + type + "'");
        }
      }
      return this;
    }

    /** How much history is kept. */
    public Builder auditLimits(AuditLimits limits) {
      auditLimits = limits;
      return this;
    }

    /** Where this machine remembers what it has seen of the registry. */
    public Builder witness(Witness where) {
      witness = where;
      return this;
    }

    /** Tells the time of decisions. */
    public Builder clock(Clock source) {
      clock = source;
      return this;
    }

    /** Who is told what the registrar does. */
    public Builder observer(RegistrarObserver told) {
      observer = LoggedObserver.of(told);
      return this;
    }

    public RegistrarOptions build() {
      return new RegistrarOptions(this);
    }

    private Builder copy() {
      Builder copy = new Builder(master);
      copy.types(types.values());
      copy.fetchTimeout = fetchTimeout;
      copy.storeTimeout = storeTimeout;
      copy.queueCapacity = queueCapacity;
      copy.auditLimits = auditLimits;
      copy.clock = clock;
      copy.observer = observer;
      copy.witness = witness;
      return copy;
    }

    private static Duration positive(Duration timeout, String name) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("a " + name + " is more than zero; got " + timeout);
      }
      return timeout;
    }
  }
}
