package io.registrar.example.scheduler;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import java.util.Optional;

/**
 * Gives a worker the oldest job that is with no registered worker; none, if there is no such job.
 * So a job whose worker is given up goes to another without a change to its record before.
 *
 * <p>Refused if the worker is not registered.
 */
record StartJob(String worker) implements Operation<Optional<Job>> {
  @Override
  public Optional<Job> perform(RegistryEdit edit) throws Refusal {
    if (!isRegistered(edit, worker)) {
      throw new Refusal(Refusal.Cause.UNKNOWN, "no worker '" + worker + "' is registered");
    }
    for (Job job : (Iterable<Job>) edit.all(Job.TYPE)::iterator) {
      if (job.worker().isEmpty() || !isRegistered(edit, job.worker().get())) {
        Job given = job.givenTo(worker);
        edit.put(Job.TYPE, given);
        return Optional.of(given);
      }
    }
    return Optional.empty();
  }

  private static boolean isRegistered(RegistryEdit edit, String worker) throws Refusal {
    return edit.get(Agent.TYPE, worker)
        .filter(agent -> agent.state() == AgentState.REGISTERED)
        .isPresent();
  }
}
