package io.registrar.log.registry;

import io.registrar.log.net.ClientAnswer;
import io.registrar.log.net.ClientRequest;
import io.registrar.log.net.LogClient;
import io.registrar.log.net.Security;
import io.registrar.log.node.Deadline;
import io.registrar.log.node.MemberAddress;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MemberId;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.MembershipAdmin;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks one running member for its registry, from a process that is no member: reads, follows
 * changes, and changes who votes. It cannot write. Each request has a connection of its own;
 * nothing is connected until something is asked. Thread-safe.
 *
 * <pre>{@code
 * try (RegistryClient client = RegistryClient.open(address, new Security.LoopbackOnly());
 *     Snapshot now = client.read(Duration.ofSeconds(10))) {
 *   Optional<StoredRecord> first = now.next();
 * }
 * }</pre>
 */
public final class RegistryClient implements MembershipAdmin, AutoCloseable {
  private static final Duration QUICK = Duration.ofSeconds(10);

  private final InetSocketAddress member;
  private final LogClient client;

  private RegistryClient(InetSocketAddress member, LogClient client) {
    this.member = member;
    this.client = client;
  }

  /**
   * Makes a client of one member.
   *
   * @param member where it listens
   * @param security with TLS: any certificate of the members' authority
   * @throws IOException the certificate, key or authority cannot be used; says why
   */
  public static RegistryClient open(InetSocketAddress member, Security security)
      throws IOException {
    return new RegistryClient(member, LogClient.open(security));
  }

  /**
   * How the member stands.
   *
   * @throws UnavailableException it was not reached in time
   */
  public MemberStatus status(Duration timeout) throws UnavailableException {
    return only(new ClientRequest.Status(), ClientParts::readStatus, timeout);
  }

  /**
   * The state of one version, with every commit that was acknowledged before the call.
   *
   * @param timeout within which the call ends, and the longest time without progress
   * @throws UnavailableException the member was not reached, or reaches no majority
   */
  public Snapshot read(Duration timeout) throws UnavailableException {
    return RemoteSnapshot.of(ask(new ClientRequest.ReadState()), timeout);
  }

  /**
   * The commits after a version, as the member learns them; see {@link
   * io.registrar.spi.Storage#changes}. When it loses the member it says so, and asks again with the
   * next call.
   */
  public ChangeFeed changes(long afterVersion) {
    return new RemoteFeed(version -> ask(new ClientRequest.ReadChanges(version)), afterVersion);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException the member was not reached
   */
  @Override
  public List<MemberReport> members() {
    try {
      return members(QUICK);
    } catch (UnavailableException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * The members and learners, as the member knows them.
   *
   * @throws UnavailableException it was not reached in time
   */
  public List<MemberReport> members(Duration timeout) throws UnavailableException {
    return only(new ClientRequest.ListMembers(), ClientParts::readMembers, timeout);
  }

  @Override
  public String addMember(int id, String address, Duration timeout) throws StorageException {
    return only(
        new ClientRequest.AddMember(new MemberId(id), MemberAddress.read(address)),
        ClientParts::readText,
        timeout);
  }

  @Override
  public void promoteMember(int id, Duration timeout, Consumer<String> progress)
      throws StorageException {
    follow(new ClientRequest.PromoteMember(new MemberId(id)), timeout, progress);
  }

  @Override
  public void removeMember(int id, Duration timeout, Consumer<String> progress)
      throws StorageException {
    follow(new ClientRequest.RemoveMember(new MemberId(id)), timeout, progress);
  }

  /** How a part is read. */
  private interface Reading<T> {
    T read(Bytes part) throws IOException;
  }

  private <T> T only(ClientRequest request, Reading<T> reading, Duration timeout)
      throws UnavailableException {
    try (ClientAnswer answer = ask(request)) {
      Optional<Bytes> part = answer.next(timeout);
      return reading.read(part.orElseThrow(() -> new IOException("the answer is empty")));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private void follow(ClientRequest request, Duration timeout, Consumer<String> progress)
      throws UnavailableException {
    Deadline deadline = Deadline.after(timeout);
    try (ClientAnswer answer = ask(request)) {
      Optional<Bytes> step = answer.next(timeout);
      while (step.isPresent()) {
        progress.accept(ClientParts.readText(step.get()));
        step = answer.next(Duration.ofNanos(deadline.leftNanos()));
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private ClientAnswer ask(ClientRequest request) throws UnavailableException {
    try {
      return client.ask(member, request);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  static UnavailableException unavailable(IOException e) {
    return new UnavailableException(String.valueOf(e.getMessage()), e);
  }

  /** Ends every answer. Idempotent. */
  @Override
  public void close() {
    client.close();
  }
}
