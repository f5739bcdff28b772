package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts for {@link NetworkCounters}. Thread-safe. */
final class Meter {
  final LongAdder framesSent = new LongAdder();
  final LongAdder bytesSent = new LongAdder();
  final LongAdder framesReceived = new LongAdder();
  final LongAdder bytesReceived = new LongAdder();
  final LongAdder framesDropped = new LongAdder();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
  private final RareLog log = new RareLog();

  Meter() {
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, new LongAdder());
    }
  }

  /** Counts a refusal, and writes a line to the log unless there was one of its kind lately. */
  void refused(Refusal refusal, Object whom, String why) {
    LongAdder count = refused.get(refusal);
    if (count != null) {
      count.increment();
    }
    log.warn(refusal, "Refused a connection with {} ({}): {}", whom, refusal, why);
  }

  /** Counts a frame of ours that nobody would take. */
  void tooLarge(MemberId to, int size, int limit) {
    framesDropped.increment();
    log.warn("too large", "Forgot a frame of {} bytes to {}: over {}", size, to, limit);
  }

  Map<Refusal, Long> refusals() {
    Map<Refusal, Long> sums = new EnumMap<>(Refusal.class);
    refused.forEach((refusal, count) -> sums.put(refusal, count.sum()));
    return sums;
  }
}
