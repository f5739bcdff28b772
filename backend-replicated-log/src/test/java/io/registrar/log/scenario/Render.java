package io.registrar.log.scenario;

import io.registrar.log.paxos.Ballot;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Membership;
import io.registrar.log.paxos.Message;
import io.registrar.log.paxos.Request;
import io.registrar.log.paxos.Settlement;
import io.registrar.log.paxos.Vote;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Messages, entries and deliveries as a scenario shows them: without what was drawn at random. */
final class Render {
  private Render() {}

  static String message(Message message) {
    String kind = message.getClass().getSimpleName();
    if (message instanceof Message.Prepare m) {
      return kind + " " + ballot(m.ballot()) + " at " + m.position() + " " + m.haste();
    } else if (message instanceof Message.Promise m) {
      return kind
          + " "
          + ballot(m.ballot())
          + " at "
          + m.position()
          + " chosen "
          + m.chosen()
          + m.accepted().map(vote -> " accepted " + vote(vote)).orElse("");
    } else if (message instanceof Message.Accept m) {
      return kind + " " + ballot(m.ballot()) + " at " + m.position() + " " + entry(m.entry());
    } else if (message instanceof Message.Accepted m) {
      return kind + " " + ballot(m.ballot()) + " at " + m.position();
    } else if (message instanceof Message.Rejected m) {
      return kind + " " + ballot(m.ballot()) + " promised " + ballot(m.promised());
    } else if (message instanceof Message.Abstained m) {
      return kind + " " + ballot(m.ballot()) + " at " + m.position() + " " + m.reason();
    } else if (message instanceof Message.Heartbeat m) {
      return kind + " " + ballot(m.ballot()) + " chosen " + m.chosen();
    } else if (message instanceof Message.Following m) {
      return kind + " " + ballot(m.ballot()) + " chosen " + m.chosen();
    } else if (message instanceof Message.Fetch m) {
      return kind + " from " + m.from();
    } else if (message instanceof Message.Entries m) {
      return kind + " from " + m.from() + " count " + m.entries().size();
    } else if (message instanceof Message.StandsOn m) {
      return kind + " begin " + m.footing().base().begin() + " through " + m.footing().through();
    } else if (message instanceof Message.Status m) {
      return kind + " " + m.phase() + " chosen " + m.chosen();
    } else if (message instanceof Message.Found m) {
      return kind + " attempt " + m.founding().attempt();
    } else if (message instanceof Message.Holding m) {
      return kind + " attempt " + m.attempt();
    } else if (message instanceof Message.Begin m) {
      return kind + " attempt " + m.founding().attempt();
    } else if (message instanceof Message.PromiseIs m) {
      return kind + " after " + m.after() + " promised " + ballot(m.promised());
    } else if (message instanceof Message.AskPromise m) {
      return kind + " after " + m.after();
    }
    return kind;
  }

  /** Without the incarnation and the nonce, which are drawn. */
  static String ballot(Ballot ballot) {
    return ballot.equals(Ballot.NONE) ? "none" : ballot.round() + "@" + ballot.proposer().id();
  }

  static String vote(Vote vote) {
    return ballot(vote.ballot()) + " " + entry(vote.entry());
  }

  static String chosen(Delivery.Chosen chosen) {
    String effect = chosen.effect() == Delivery.Effect.NOTHING ? " (applies as nothing)" : "";
    return chosen.position() + " " + entry(chosen.entry()) + effect;
  }

  static String entry(Entry entry) {
    Content content = entry.content();
    if (content instanceof Content.NoOp) {
      return "no-op";
    } else if (content instanceof Content.BeginEpoch it) {
      return "epoch " + it.number() + " of " + text(it.owner());
    } else if (content instanceof Content.Append it) {
      return "'" + text(it.payload()) + "' epoch " + it.epoch() + " version " + it.version();
    } else if (content instanceof Content.Chunk it) {
      return "chunk " + it.index() + " of the snapshot before " + it.begin();
    } else if (content instanceof Content.Cut it) {
      return "cut before " + it.base().begin();
    } else if (content instanceof Content.ChangeMembership it) {
      return "members " + members(it.membership());
    }
    throw new IllegalArgumentException("unknown content " + content);
  }

  static String members(Membership membership) {
    return membership.voters().keySet().stream()
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  static String delivery(Delivery delivery, Map<Long, String> asked) {
    if (delivery instanceof Delivery.Acquired it) {
      return what(it.request(), asked) + ": epoch " + it.epoch() + " at " + it.position();
    } else if (delivery instanceof Delivery.Confirmed it) {
      return what(it.request(), asked) + ": still the latest, epoch " + it.epoch();
    } else if (delivery instanceof Delivery.Readable it) {
      return what(it.request(), asked) + ": readable at " + it.position();
    } else if (delivery instanceof Delivery.Settled it) {
      return what(it.request(), asked) + ": " + settlement(it.settlement());
    } else if (delivery instanceof Delivery.Elected it) {
      return what(it.request(), asked) + ": elected under " + it.ballot().round();
    } else if (delivery instanceof Delivery.LeaseEnded it) {
      return what(it.request(), asked) + ": lease ended";
    } else if (delivery instanceof Delivery.Truncated it) {
      return "may delete before " + it.footing().base().begin();
    } else if (delivery instanceof Delivery.Stopped it) {
      return "stops: " + it.reason();
    } else if (delivery instanceof Delivery.Noticed it) {
      return "notices " + it.notice() + " about " + it.about();
    }
    throw new IllegalArgumentException("unknown delivery " + delivery);
  }

  private static String what(Request request, Map<Long, String> asked) {
    return Optional.ofNullable(asked.get(request.number())).orElse("request of an earlier start");
  }

  private static String settlement(Settlement settlement) {
    if (settlement instanceof Settlement.Taken taken) {
      return "taken at " + taken.position();
    } else if (settlement instanceof Settlement.Refused refused) {
      return "refused, " + refused.reason();
    }
    return "unknown";
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }
}
