package io.registrar.example.scheduler;

import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.failover.AgentFailover;
import io.registrar.failover.FailoverListener;
import io.registrar.failover.FailoverOptions;
import io.registrar.operation.RegisterAgent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A master for batch jobs: workers are the registry's agents, jobs are records of its own, and all
 * that it must not forget is in the registry. Each answer comes once it is durable. Thread-safe;
 * ends with its registrar.
 */
final class Scheduler {
  private final Registrar registrar;
  private final AgentFailover failover;

  Scheduler(Registrar registrar, FailoverOptions options, FailoverListener listener) {
    this.registrar = registrar;
    this.failover = AgentFailover.start(registrar, options, listener, Clock.systemUTC());
  }

  /** How its registrar is to be recovered. */
  static RegistrarOptions.Builder leading(MasterInfo me) {
    return RegistrarOptions.leading(me).types(List.of(Job.TYPE, JobCount.TYPE));
  }

  CompletableFuture<Outcome<RegisterAgent.Result>> register(String worker, AgentInfo info) {
    return failover.register(worker, new RegisterAgent(worker, info), Principal.MASTER);
  }

  /** Takes a job on, under the next number. An operation this small needs no class of its own. */
  CompletableFuture<Outcome<Job>> submit(String command) {
    return perform(
        edit -> {
          long number =
              1 + edit.get(JobCount.TYPE, JobCount.ID).map(JobCount::submitted).orElse(0L);
          Job job = new Job("job-%012d".formatted(number), command, Optional.empty(), 0);
          edit.put(JobCount.TYPE, new JobCount(number));
          edit.put(Job.TYPE, job);
          return job;
        });
  }

  CompletableFuture<Outcome<Optional<Job>>> next(String worker) {
    return perform(new StartJob(worker));
  }

  CompletableFuture<Outcome<Job>> done(String job, String worker, String result) {
    return perform(new FinishJob(job, worker, result));
  }

  /** The jobs that are still to be done, oldest first. */
  List<Job> jobs() {
    return registrar.registry().all(Job.TYPE).toList();
  }

  private <R> CompletableFuture<Outcome<R>> perform(Operation<R> operation) {
    return registrar.apply(operation, Principal.MASTER);
  }
}
