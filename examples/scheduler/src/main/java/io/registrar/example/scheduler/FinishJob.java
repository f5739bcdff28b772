package io.registrar.example.scheduler;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import java.util.Optional;

/**
 * Takes a worker's word that a job is done; only the history knows the job afterwards.
 *
 * <p>Refused if the worker does not have the job: it was given up, and the job to another.
 */
record FinishJob(String id, String worker, String result) implements Operation<Job> {
  @Override
  public Job perform(RegistryEdit edit) throws Refusal {
    Job job =
        edit.get(Job.TYPE, id)
            .filter(known -> known.worker().equals(Optional.of(worker)))
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Cause.CONFLICT,
                        "the worker '" + worker + "' does not have the job '" + id + "'"));
    edit.remove(Job.TYPE, id);
    edit.audit("job done", Job.TYPE, id, worker + ": " + result);
    return job;
  }
}
