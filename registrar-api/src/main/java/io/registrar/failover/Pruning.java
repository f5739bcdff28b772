package io.registrar.failover;

import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Refusal;
import io.registrar.Registrar;
import io.registrar.operation.PruneAgents;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the registry forget agents, in portions: what is too much at once for the storage is halved
 * until it is not.
 *
 * @param told is told the ids of those that were forgotten, a portion at a time
 * @param executor where answers are looked at
 */
record Pruning(Registrar registrar, Consumer<List<String>> told, Executor executor) {
  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

  /** Does not block. */
  void begin(PruneAgents choice) {
    registrar
        .apply(choice, Principal.MASTER)
        .whenCompleteAsync((outcome, failure) -> answered(choice, outcome, failure), executor);
  }

  private void answered(
      PruneAgents choice, @Nullable Outcome<List<String>> outcome, @Nullable Throwable failure) {
    if (outcome instanceof Outcome.Applied<List<String>> applied) {
      told.accept(applied.result());
    } else if (outcome instanceof Outcome.Refused<List<String>> refused) {
      int agents = choice.unreachable().size() + choice.gone().size();
      if (refused.cause() == Refusal.Cause.LIMIT && agents > 1) {
        halves(choice).forEach(this::begin);
      } else {
        LOG.warn("{} old agents could not be pruned: {}", agents, refused.reason());
      }
    } else if (failure != null) {
      LOG.warn("old agents could not be pruned; it is tried again", failure);
    }
  }

  private static List<PruneAgents> halves(PruneAgents choice) {
    List<String> unreachable = List.copyOf(choice.unreachable());
    List<String> gone = List.copyOf(choice.gone());
    int ofUnreachable = unreachable.size() / 2;
    int ofGone = (gone.size() + 1) / 2; // rounded the other way, so that neither half is empty
    List<PruneAgents> halves = new ArrayList<>();
    halves.add(
        new PruneAgents(
            Set.copyOf(unreachable.subList(0, ofUnreachable)),
            Set.copyOf(gone.subList(0, ofGone))));
    halves.add(
        new PruneAgents(
            Set.copyOf(unreachable.subList(ofUnreachable, unreachable.size())),
            Set.copyOf(gone.subList(ofGone, gone.size()))));
    return halves;
  }
}
