package io.registrar.example.fleet;

import io.registrar.example.fleet.MasterClient.Answer;
import io.registrar.example.fleet.Status.Presence;

/**
 * What a request may be answered with by a master that keeps its word.
 *
 * @param certain whether the status before the request was certain
 * @param before that status, or one of those possible
 * @param target what was asked for
 */
record Expectation(boolean certain, Status before, Status target) {
  /** What an answer means. */
  enum Verdict {
    /** It is done, and durable. */
    DONE,
    /** It certainly had no effect. */
    NO_EFFECT,
    /** It may have had an effect. */
    UNKNOWN,
    /** It cannot be, if the master has kept what it acknowledged. */
    BROKEN_WORD
  }

  Verdict judge(Answer answer) {
    if (answer instanceof Answer.NeverSent) {
      return Verdict.NO_EFFECT;
    }
    if (answer instanceof Answer.Status status) {
      return switch (status.code()) {
        case 307, 503 -> Verdict.NO_EFFECT;
        case 500 -> Verdict.UNKNOWN;
        default -> isPossible(status.code()) ? Verdict.DONE : Verdict.BROKEN_WORD;
      };
    }
    return Verdict.UNKNOWN;
  }

  /** A repeated request finds its own work done; one that is asked for the first time does not. */
  private boolean isPossible(int code) {
    boolean wasThere = before.presence() != Presence.ABSENT;
    return switch (target.presence()) {
      case REGISTERED -> certain ? code == (wasThere ? 200 : 201) : code == 200 || code == 201;
      case UNREACHABLE -> code == 200 || (code == 409 && !certain);
      case ABSENT -> code == 200 || (code == 404 && !certain);
    };
  }
}
