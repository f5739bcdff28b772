/** A master for batch jobs: begin with {@link io.registrar.example.scheduler.Scheduler}. */
package io.registrar.example.scheduler;
