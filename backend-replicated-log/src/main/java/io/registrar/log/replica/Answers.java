package io.registrar.log.replica;

import io.registrar.log.paxos.Request;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The requests that wait for an answer. Thread-safe. */
final class Answers {
  private final AtomicLong numbered = new AtomicLong();
  private final Map<Request, Answer> open = new ConcurrentHashMap<>();
  private volatile @Nullable ReplicaEndedException ended;

  /** A new one; after the end it is failed at once. */
  Answer begin() {
    Answer answer = new Answer(new Request(numbered.incrementAndGet()));
    open.put(answer.request(), answer);
    ReplicaEndedException over = ended;
    if (over != null) {
      open.remove(answer.request());
      answer.fail(over);
    }
    return answer;
  }

  Optional<Answer> take(Request request) {
    return Optional.ofNullable(open.remove(request));
  }

  void forget(Answer answer) {
    open.remove(answer.request());
  }

  /** Fails those that wait, and all that come. */
  void end(ReplicaEndedException why) {
    ended = why;
    open.values().forEach(answer -> answer.fail(why));
    open.clear();
  }
}
