package io.registrar.example.scheduler;

import io.registrar.record.RecordType;
import java.util.Optional;

/**
 * A job that is still to be done; one that is done has no record, and is in the history.
 *
 * @param id {@code job-} and its number in 12 digits, so that jobs are in the order of their coming
 * @param command what a worker is to run
 * @param worker whom it was given to last, if ever
 * @param attempts how often it was given to one
 */
record Job(String id, String command, Optional<String> worker, int attempts) {
  static final RecordType<Job> TYPE = RecordType.json("job", Job.class, Job::id);

  Job givenTo(String taker) {
    return new Job(id, command, Optional.of(taker), attempts + 1);
  }
}
