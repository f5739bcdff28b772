package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;

/**
 * What a client may ask a member. An answer is a row of parts, whose content is the business of
 * whoever implements {@link ClientRequests}.
 */
public sealed interface ClientRequest {

  /** How the member stands: one part. */
  record Status() implements ClientRequest {}

  /** The whole state at one version: as many parts as it takes. */
  record ReadState() implements ClientRequest {}

  /**
   * Every change after a version, as they come: the answer ends when the client leaves.
   *
   * @param version at least 0
   */
  record ReadChanges(long version) implements ClientRequest {
    /** Refuses a version that cannot be. */
    public ReadChanges {
      if (version < 0) {
        throw new IllegalArgumentException("versions begin with 0, not " + version);
      }
    }
  }

  /** Who the members are: one part. */
  record ListMembers() implements ClientRequest {}

  /**
   * Begins to let a member learn the log; a part for each step, in text.
   *
   * @param address where it listens
   */
  record AddMember(MemberId member, InetSocketAddress address) implements ClientRequest {}

  /** Lets a member vote that has learned the log; a part for each step, in text. */
  record PromoteMember(MemberId member) implements ClientRequest {}

  /** Takes a member's vote away; a part for each step, in text. */
  record RemoveMember(MemberId member) implements ClientRequest {}
}
