package io.registrar.log.paxos;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The followers' word for their coordinator, when an empty replica claims its place.
 *
 * <ol>
 *   <li>No replica hears what is said under its own number, so a coordinator cannot refuse a
 *       newcomer of its own place, as {@link Admissions} refuses those of the others. The voters
 *       that have promised it their votes do.
 *   <li>They ask it first whether it is there. Only an answer to a question that was put after the
 *       newcomer was met says so; and each refusal takes a new answer.
 *   <li>Two processes have one number, and what is sent to it goes to the one that was heard last.
 *       So the question is put when the coordinator has been heard, and the refusal is sent when
 *       the newcomer has.
 * </ol>
 */
final class Claims {
  private static final int MOST = Membership.MOST;

  private static final class Claim {
    final Member holder;
    final long question;
    boolean answered;
    long askAgain;
    long heard;

    Claim(Member holder, long question) {
      this.holder = holder;
      this.question = question;
    }
  }

  private final Node node;
  private final Acceptor acceptor;
  private final Map<Member, Claim> claims = new TreeMap<>();

  Claims(Node node, Acceptor acceptor) {
    this.node = node;
    this.acceptor = acceptor;
  }

  void onStatus(Message.Status m, Envelope e) {
    boolean ours = node.ensemble().isPresent() && node.ensemble().equals(e.ensemble());
    Member newcomer = e.from();
    Optional<Member> holder = coordinator().filter(it -> it.id().equals(newcomer.id()));
    if (!ours || m.phase() != Phase.LEARNING || holder.filter(newcomer::equals).isPresent()) {
      return;
    }
    holder.ifPresent(it -> claim(newcomer, it));
  }

  /** The voter that this one has promised to hear, if it is another one. */
  private Optional<Member> coordinator() {
    Member proposer = acceptor.promised().proposer();
    boolean follows =
        acceptor.votesAt(node.log.next())
            && node.log.membership().names(proposer)
            && !proposer.equals(node.self);
    return follows ? Optional.of(proposer) : Optional.empty();
  }

  private void claim(Member newcomer, Member holder) {
    Claim claim = claims.get(newcomer);
    if (claim != null && claim.answered) {
      node.notice(Delivery.Notice.TWIN, newcomer.id());
      node.send(newcomer, new Message.NotAdmitted(newcomer, claim.holder));
    }
    boolean fresh = claim == null || claim.answered || !claim.holder.equals(holder);
    if (fresh && (claim != null || claims.size() < MOST)) {
      claim = new Claim(holder, node.entropy.nextLong() >>> 2);
      claims.put(newcomer, claim);
    }
    if (claim != null) {
      claim.heard = node.now();
    }
  }

  void heard(Envelope e) {
    for (Claim claim : claims.values()) {
      boolean due = !claim.answered && node.now() >= claim.askAgain;
      if (due && claim.holder.equals(e.from())) {
        claim.askAgain = node.now() + node.timing().retry();
        node.send(e.from(), new Message.AskEnd(claim.question, node.log.next()));
      }
    }
  }

  void onEndIs(Message.EndIs m, Envelope e) {
    for (Claim claim : claims.values()) {
      boolean answers = claim.question == m.round() && claim.holder.equals(e.from());
      claim.answered = claim.answered || answers;
    }
  }

  void progress() {
    long quiet = node.now() - 4L * node.timing().status();
    claims.values().removeIf(claim -> claim.heard < quiet);
  }
}
