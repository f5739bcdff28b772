package io.registrar.example.scheduler;

import io.registrar.record.RecordType;

/**
 * How many jobs ever came, so that no number is given twice; there is one record of this kind.
 *
 * @param submitted the number of the last job
 */
record JobCount(long submitted) {
  static final String ID = "jobs";
  static final RecordType<JobCount> TYPE =
      RecordType.json("job-count", JobCount.class, count -> ID);
}
