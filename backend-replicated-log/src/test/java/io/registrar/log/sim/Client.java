package io.registrar.log.sim;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Request;
import io.registrar.log.paxos.Settlement;
import io.registrar.log.sim.oracle.Ensemble;
import io.registrar.log.sim.oracle.Sessions;
import io.registrar.log.sim.oracle.Violation;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The application at one process: takes sessions, commits, reads, cuts the log. It ends with its
 * process.
 */
final class Client {
  private final World world;
  private final Host host;
  private final Set<Request> open = new HashSet<>();
  private long epoch;
  private long version;
  private boolean lostCount;
  private long acknowledged;

  Client(World world, Host host) {
    this.world = world;
    this.host = host;
  }

  /** Batches that were acknowledged to this client. */
  long acknowledged() {
    return acknowledged;
  }

  boolean hasSession() {
    return epoch > 0;
  }

  void act(Action action) {
    Optional<Ensemble> ensemble = host.ensemble();
    if (ensemble.isEmpty()) {
      return;
    }
    switch (action.verb()) {
      case ACQUIRE -> ask(request -> new Input.Acquire(request, Bytes.of((byte) host.index()), 0));
      case CONFIRM -> {
        if (hasSession()) {
          ask(request -> new Input.Confirm(request, epoch));
        }
      }
      case READ -> ask(Input.Read::new);
      case COMMIT -> commit(ensemble.get(), action.argument());
      case TRUNCATE -> truncate(ensemble.get(), action.argument());
      case ADD_MEMBER ->
          reconfigure(new Input.Change.Add(new MemberId((int) action.argument() + 1)));
      case REMOVE_MEMBER ->
          reconfigure(new Input.Change.Remove(new MemberId((int) action.argument() + 1)));
      case CAMPAIGN -> host.step(new Input.Campaign(world.nextRequest()));
      case RESIGN -> host.step(new Input.Resign());
      default -> throw new IllegalArgumentException("no work: " + action);
    }
  }

  private interface Ask {
    Input of(Request request);
  }

  private void reconfigure(Input.Change change) {
    ask(request -> new Input.Reconfigure(request, change));
  }

  private void ask(Ask ask) {
    Request request = world.nextRequest();
    sessions().asked(host.ensemble().orElseThrow(), request);
    host.step(ask.of(request));
  }

  private void propose(Ensemble ensemble, Content.OfApplication content) {
    Request request = world.nextRequest();
    open.add(request);
    sessions().proposed(ensemble, request, content);
    world.after(2_000, () -> host.stepIfClient(this, () -> giveUp(request)));
    host.step(new Input.Propose(request, content));
  }

  private void giveUp(Request request) {
    if (open.contains(request)) {
      host.step(new Input.Withdraw(request));
    }
  }

  private void commit(Ensemble ensemble, long batches) {
    if (!hasSession() || lostCount && !open.isEmpty()) {
      return;
    }
    if (open.isEmpty()) {
      version = ensemble.history().after(host.applied()).version();
      lostCount = false;
    }
    for (long i = 0; i < batches && hasSession() && host.isUp(); i++) {
      propose(
          ensemble,
          new Content.Append(epoch, version, version + 1, payload(4 + (int) (i * 37 % 150))));
      version++;
    }
  }

  private Bytes payload(int size) {
    return Bytes.of(ByteBuffer.allocate(8 + size).putLong(world.nextRequest().number()).array());
  }

  private void truncate(Ensemble ensemble, long chunks) {
    Optional<LogBase> base = host.base();
    if (!hasSession() || base.isEmpty()) {
      return;
    }
    if (!world.oracle().agrees(ensemble, base.get())) {
      throw new Violation(
          "I12",
          "process "
              + host.index()
              + " would cut at "
              + base.get()
              + ", which is not what stood there");
    }
    for (int i = 0; i <= chunks && hasSession() && host.isUp(); i++) {
      propose(ensemble, new Content.Chunk(epoch, base.get().begin(), i, payload(20)));
    }
    if (hasSession() && host.isUp()) {
      propose(ensemble, new Content.Cut(epoch, base.get(), (int) chunks + 1));
    }
  }

  void told(Delivery delivery) {
    if (delivery instanceof Delivery.Acquired it) {
      epoch = it.epoch();
      lostCount = true;
    } else if (delivery instanceof Delivery.Settled it) {
      boolean mine = open.remove(it.request());
      if (mine && it.settlement() instanceof Settlement.Taken) {
        acknowledged++;
      } else if (it.settlement() instanceof Settlement.Refused refused) {
        lostCount = true;
        if (mine && refused.reason() == Settlement.Reason.FENCED) {
          epoch = 0;
        }
      }
    }
  }

  private Sessions sessions() {
    return world.oracle().sessions();
  }
}
