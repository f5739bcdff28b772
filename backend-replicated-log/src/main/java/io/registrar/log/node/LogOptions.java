package io.registrar.log.node;

import io.registrar.log.net.Security;
import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is needed to open a member of a log.
 *
 * @param directory where its files are; made if it is missing. What is known of the ensemble is
 *     kept in a file beside it, of the same name with {@code .ensemble} at the end
 * @param self its place
 * @param listen where it listens; without it, it is alone and needs no port
 * @param members every member of a log that begins, itself included, with their addresses; later
 *     the log itself says who they are. Empty for one that is alone
 * @param security who is talked to
 * @param pace how quickly a lost coordinator is noticed
 * @param beginning what a member without a log may do
 */
public record LogOptions(
    Path directory,
    MemberId self,
    Optional<InetSocketAddress> listen,
    Map<MemberId, InetSocketAddress> members,
    Security security,
    Pace pace,
    Beginning beginning) {
  /** What a member may do that has never had a log. */
  public enum Beginning {
    /** Found one, with all members that it was told of. */
    ALLOWED,
    /** Wait for one that exists. */
    REFUSED
  }

  /** Copies the members, and refuses what contradicts itself. */
  public LogOptions {
    members = Map.copyOf(members);
    if (!members.isEmpty() && !members.containsKey(self)) {
      throw new IllegalArgumentException(
          "member " + self.value() + " is not among the members that are given");
    }
    if (members.size() > 1 && listen.isEmpty()) {
      throw new IllegalArgumentException("a member among others needs an address to listen on");
    }
  }

  /** Member 1 of a log of one, which needs no network. */
  public static LogOptions alone(Path directory) {
    return new LogOptions(
        directory,
        new MemberId(1),
        Optional.empty(),
        Map.of(),
        new Security.LoopbackOnly(),
        Pace.DEFAULT,
        Beginning.ALLOWED);
  }
}
