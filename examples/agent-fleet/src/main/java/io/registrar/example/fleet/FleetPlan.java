package io.registrar.example.fleet;

import java.time.Duration;

/**
 * What a fleet is to do.
 *
 * @param agents how many agents register
 * @param concurrency the most requests in flight
 * @param churn how many changes follow once all are registered: agents that describe themselves
 *     anew, leave, are lost, and come back
 * @param hold how long to stay afterwards, registering again whenever the master has restarted
 * @param patience how long to go on without any answer before giving up
 */
record FleetPlan(int agents, int concurrency, int churn, Duration hold, Duration patience) {}
