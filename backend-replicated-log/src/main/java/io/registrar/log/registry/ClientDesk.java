package io.registrar.log.registry;

import io.registrar.log.net.ClientRequest;
import io.registrar.log.net.ClientRequests;
import io.registrar.log.net.RequestRefusedException;
import io.registrar.log.node.MemberAddress;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers clients at this member: {@link RegistryClient} asks. A read and the first change wait for
 * a majority, as {@link LogStorage#read} does; a client that leaves ends what it waits for.
 */
final class ClientDesk implements ClientRequests {
  /** A client waits as long as it likes, and leaves; this is only for one that never does. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Duration READ = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private volatile @Nullable LogStorage storage;

  /** From now on clients are answered. */
  void open(LogStorage opened) {
    storage = opened;
  }

  @Override
  public void handle(ClientRequest request, Answer answer)
      throws IOException, InterruptedException {
    LogStorage here = storage;
    if (here == null) {
      throw new RequestRefusedException("this member has just been started; ask again");
    }
    try {
      answer(here, request, answer);
    } catch (StorageException | IllegalArgumentException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the client has left");
      }
      throw new RequestRefusedException(String.valueOf(e.getMessage()));
    }
  }

  private static void answer(LogStorage here, ClientRequest request, Answer answer)
      throws IOException, InterruptedException, StorageException {
    if (request instanceof ClientRequest.Status) {
      answer.send(
          ClientParts.status(
              new MemberStatus(Reach.describe(here.node().loop().status()), here.gauges())));
    } else if (request instanceof ClientRequest.ReadState) {
      state(here, answer);
    } else if (request instanceof ClientRequest.ReadChanges it) {
      changes(here, it.version(), answer);
    } else if (request instanceof ClientRequest.ListMembers) {
      answer.send(ClientParts.members(here.members()));
    } else if (request instanceof ClientRequest.AddMember it) {
      String address = MemberAddress.write(it.address());
      answer.send(ClientParts.text(here.addMember(it.member().value(), address, LONGEST)));
    } else if (request instanceof ClientRequest.PromoteMember it) {
      here.promoteMember(it.member().value(), LONGEST, new Progress(answer));
    } else if (request instanceof ClientRequest.RemoveMember it) {
      here.removeMember(it.member().value(), LONGEST, new Progress(answer));
    }
  }

  private static void state(LogStorage here, Answer answer)
      throws IOException, InterruptedException, StorageException {
    RegistryState state = here.stateOfNow(READ);
    answer.send(ClientParts.head(state));
    for (Contents chunk : SnapshotWriter.chunks(state)) {
      answer.send(ContentsCodec.encode(chunk));
    }
  }

  private static void changes(LogStorage here, long after, Answer answer)
      throws IOException, InterruptedException, StorageException {
    try (ChangeFeed feed = here.changes(after)) {
      while (true) {
        ChangeEvent event = next(feed);
        if (!(event instanceof ChangeEvent.Quiet)) {
          answer.send(ClientParts.change(event));
        }
        if (event instanceof ChangeEvent.StartFromSnapshot) {
          return;
        }
      }
    }
  }

  /** A member that reaches no majority for a while has nothing to tell meanwhile. */
  private static ChangeEvent next(ChangeFeed feed) throws StorageException {
    try {
      return feed.next(LOOK_AGAIN);
    } catch (UnavailableException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return new ChangeEvent.Quiet();
    }
  }

  /** Tells a client what is waited for; one that cannot be told has left, and is interrupted. */
  private record Progress(Answer answer) implements Consumer<String> {
    @Override
    public void accept(String sentence) {
      try {
        answer.send(ClientParts.text(sentence));
      } catch (IOException | InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
