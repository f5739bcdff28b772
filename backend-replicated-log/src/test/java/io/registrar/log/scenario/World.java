package io.registrar.log.scenario;

import io.registrar.log.paxos.Bounds;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.ProtocolVersion;
import io.registrar.log.paxos.RandomSource;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.paxos.Request;
import io.registrar.log.paxos.Timing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A few places and the wire between them; what happens is written down line by line. */
final class World {
  /** Short lengths, so that scenarios are short. */
  static final Timing TIMING = new Timing(2, 8, 4, 3, 2, 6, 12, 60);

  private static final int MOST_MESSAGES = 20_000;

  private final SortedMap<MemberId, Site> sites = new TreeMap<>();
  private final SortedMap<MemberId, Site> strays = new TreeMap<>();
  private final Wire wire = new Wire();
  private final List<String> trace = new ArrayList<>();
  private final Stepped.Maker maker;
  private final RandomSource entropy;
  private final SortedSet<MemberId> old = new TreeSet<>();
  private long requests;

  World(Stepped.Maker maker, long seed) {
    this.maker = maker;
    SplittableRandom random = new SplittableRandom(seed);
    this.entropy = random::nextLong;
  }

  List<String> takeTrace() {
    List<String> taken = List.copyOf(trace);
    trace.clear();
    return taken;
  }

  Wire wire() {
    return wire;
  }

  Site site(MemberId id) {
    return Optional.ofNullable(sites.get(id))
        .orElseThrow(() -> new IllegalArgumentException("nobody is at " + id));
  }

  /** A place runs the program of the version before, or the new one again. */
  void upgrade(MemberId id, ProtocolVersion version) {
    if (version == ProtocolVersion.V1) {
      old.add(id);
    } else {
      old.remove(id);
    }
  }

  void note(String line) {
    trace.add(line);
  }

  void start(MemberId id, SortedSet<MemberId> members) {
    ReplicaConfig config = config(id, members);
    Site site = sites.computeIfAbsent(id, it -> new Site(config, entropy, maker, wire, this::note));
    site.configure(config);
    site.start();
  }

  /** A second process under the number of a place, with an empty disk of its own. */
  void stray(MemberId id, SortedSet<MemberId> members) {
    Site stray = new Site(config(id, members), entropy, maker, wire, line -> note("stray " + line));
    strays.put(id, stray);
    stray.start();
  }

  private static ReplicaConfig config(MemberId id, SortedSet<MemberId> members) {
    return ReplicaConfig.of(id, members)
        .withTiming(TIMING)
        .withBounds(new Bounds(4096, 16, 512, 4));
  }

  void tick(MemberId id, int times) {
    for (int i = 0; i < times; i++) {
      site(id).give(new Input.Tick());
    }
  }

  /** Lets time go by for all, and every message arrive at once. */
  void run(int ticks) {
    for (int i = 0; i < ticks; i++) {
      List.copyOf(sites.keySet()).forEach(id -> tick(id, 1));
      strays.values().forEach(stray -> stray.give(new Input.Tick()));
      deliver(any -> true);
    }
  }

  /** Lets messages arrive, those included that they cause. */
  int deliver(Predicate<Wire.Flying> which) {
    int delivered = 0;
    Optional<Wire.Flying> next = wire.take(which);
    while (next.isPresent() && delivered < MOST_MESSAGES) {
      arrive(next.get());
      delivered++;
      next = wire.take(which);
    }
    if (delivered == MOST_MESSAGES) {
      throw new IllegalStateException("messages without end");
    }
    return delivered;
  }

  void arrive(Wire.Flying message) {
    Input received = new Input.Received(message.from(), message.frame());
    for (SortedMap<MemberId, Site> processes : List.of(sites, strays)) {
      Site to = processes.get(message.to());
      if (to != null) {
        to.give(received);
      }
    }
  }

  void ask(MemberId id, String what, java.util.function.Function<Request, Input> input) {
    long number = ++requests;
    site(id).ask(number, what, input.apply(new Request(number)));
  }

  /** Writes a snapshot of so many chunks, and the cut. */
  void snapshot(MemberId id, int chunks) {
    Site site = site(id);
    LogBase base = site.replica().base().orElseThrow();
    long epoch = site.epoch();
    for (int i = 0; i < chunks; i++) {
      Content.Chunk chunk = new Content.Chunk(epoch, base.begin(), i, Bytes.of((byte) i));
      ask(id, "chunk " + i, request -> new Input.Propose(request, chunk));
    }
    Content.Cut cut = new Content.Cut(epoch, base, chunks);
    ask(id, "cut", request -> new Input.Propose(request, cut));
  }

  void acquire(MemberId id, long floor) {
    Bytes owner = Bytes.of(id.toString().getBytes(StandardCharsets.UTF_8));
    ask(id, "acquire", request -> new Input.Acquire(request, owner, floor));
  }

  void append(MemberId id, String text) {
    Content.Append append = site(id).append(text);
    ask(id, "append '" + text + "'", request -> new Input.Propose(request, append));
  }

  /** What a place has learned, a line an entry. */
  void showLog(MemberId id) {
    for (Map.Entry<Position, Entry> entry : site(id).log().entrySet()) {
      note(id + " " + entry.getKey() + " " + Render.entry(entry.getValue()));
    }
  }
}
