package io.registrar;

import io.registrar.spi.Patience;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What waits for the writer thread. */
sealed interface Submission {
  /** Tells the caller that it failed. */
  void fail(RegistrarException why);

  /** How many operations it stands for in counts. */
  int operations();

  /**
   * An operation and whoever waits for its outcome.
   *
   * @param <R> what it tells its caller
   */
  final class OfOperation<R> implements Submission {
    private final Operation<R> operation;
    private final Principal principal;
    private final OutcomeFuture<Outcome<R>> promise;

    // What the latest run of the operation decided; only that of the batch that commits counts.
    private @Nullable Verdict<R> verdict;

    OfOperation(Operation<R> operation, Principal principal, Patience patience) {
      this.operation = operation;
      this.principal = principal;
      this.promise = new OutcomeFuture<>(patience);
    }

    CompletableFuture<Outcome<R>> promise() {
      return promise;
    }

    Principal principal() {
      return principal;
    }

    /** Runs the operation on an edit and keeps what it decided. */
    Decision decide(RegistryEdit edit) {
      try {
        R result = Objects.requireNonNull(operation.perform(edit), "result");
        verdict =
            edit.isChanged()
                ? version -> new Outcome.Applied<>(result, version)
                : version -> new Outcome.Unchanged<>(result, version);
        return edit.isChanged() ? Decision.WRITE : Decision.UNCHANGED;
      } catch (Refusal refusal) {
        refuse(refusal.reason(), refusal.getMessage());
        return Decision.REFUSED;
      } catch (RuntimeException fault) {
        verdict = new Fault<>(fault);
        return Decision.REFUSED;
      }
    }

    void refuse(Refusal.Cause cause, String reason) {
      verdict = version -> new Outcome.Refused<>(cause, reason);
    }

    /**
     * The batch stands at this version: whoever waits may go on. What is returned tells everybody
     * else, and is to be run where that delays nobody.
     */
    Runnable settle(long version) {
      Verdict<R> decided = Objects.requireNonNull(verdict, "decided before settled");
      if (decided instanceof Fault<R> fault) {
        return () -> promise.completeExceptionally(fault.thrown);
      }
      Outcome<R> outcome = decided.at(version);
      promise.settle(outcome);
      return () -> promise.complete(outcome);
    }

    @Override
    public void fail(RegistrarException why) {
      promise.completeExceptionally(why);
    }

    @Override
    public int operations() {
      return 1;
    }
  }

  /** A question whether this registrar still leads. */
  final class OfConfirmation implements Submission {
    private final CompletableFuture<Boolean> promise = new CompletableFuture<>();

    CompletableFuture<Boolean> promise() {
      return promise;
    }

    void confirmed() {
      promise.complete(true);
    }

    @Override
    public void fail(RegistrarException why) {
      promise.completeExceptionally(why);
    }

    @Override
    public int operations() {
      return 0;
    }
  }

  /** What an operation has come to. */
  enum Decision {
    WRITE,
    UNCHANGED,
    REFUSED
  }

  /**
   * What was decided, to be told with the version at which it stands.
   *
   * @param <R> what the operation tells its caller
   */
  @FunctionalInterface
  interface Verdict<R> {
    Outcome<R> at(long version);
  }

  /**
   * The operation threw what it should not.
   *
   * @param <R> what the operation would have told its caller
   */
  record Fault<R>(RuntimeException thrown) implements Verdict<R> {
    @Override
    public Outcome<R> at(long version) {
      throw thrown;
    }
  }
}
